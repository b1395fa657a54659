"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { MyOrganization } from "../../trpc/types.ts";
import { OrganizationSwitch } from "../organization/organization-switch.tsx";
import styles from "./portal.module.css";

const PAGES = [
  { href: "/admin", label: "Overview" },
  { href: "/admin/events", label: "Events" },
  { href: "/admin/layouts", label: "Layouts" },
  { href: "/admin/risk", label: "Risk", ofHouse: true },
] as const satisfies readonly {
  href: string;
  label: string;
  ofHouse?: boolean;
}[];

type Props = {
  readonly mine: readonly MyOrganization[];
  readonly chosen: string | null;
  readonly isOperator: boolean;
};

export function PortalNav({ mine, chosen, isOperator }: Props) {
  const path = usePathname();
  const shown = PAGES.filter((page) => !("ofHouse" in page) || isOperator);
  return (
    <nav aria-label="Portal" className={styles["nav"]}>
      <OrganizationSwitch mine={mine} chosen={chosen} />
      {shown.map(({ href, label }) => {
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
