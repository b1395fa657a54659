"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "./portal.module.css";

const PAGES = [
  { href: "/admin", label: "Overview" },
  { href: "/admin/events", label: "Events" },
  { href: "/admin/layouts", label: "Layouts" },
  { href: "/admin/risk", label: "Risk" },
] as const;

export function PortalNav() {
  const path = usePathname();
  return (
    <nav aria-label="Portal" className={styles["nav"]}>
      {PAGES.map(({ href, label }) => {
        const here = href === "/admin" ? path === href : path.startsWith(href);
        return (
          <Link key={href} href={href} aria-current={here ? "page" : undefined}>
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
