"use client";

import type { MyOrganization } from "@onsale/contract/organization";
import type { Permission } from "@onsale/core/organization/permissions";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { mayOf } from "../organization/may.ts";
import { OrganizationSwitch } from "../organization/organization-switch.tsx";
import styles from "./portal-nav.module.css";

type PortalPage = {
  readonly href: string;
  readonly label: string;
  /** Without it there is nothing to see there; `operator`: the operators' alone. */
  readonly needs?: Permission | "operator";
};

const PAGES: readonly PortalPage[] = [
  { href: "/admin", label: "Overview" },
  { href: "/admin/events", label: "Events" },
  { href: "/admin/layouts", label: "Layouts", needs: "layouts.read" },
  { href: "/admin/members", label: "Members", needs: "members.read" },
  { href: "/admin/organization", label: "Organization", needs: "organization.write" },
  { href: "/admin/risk", label: "Risk", needs: "operator" },
];

type Props = {
  readonly mine: readonly MyOrganization[];
  readonly chosen: string | null;
  readonly isOperator: boolean;
};

export function PortalNav({ mine, chosen, isOperator }: Props) {
  const path = usePathname();
  const may = mayOf(mine, chosen ?? "");
  const isShown = ({ needs }: PortalPage) =>
    needs === undefined || (needs === "operator" ? isOperator : may(needs));
  return (
    <nav aria-label="Portal" className={styles["nav"]}>
      <OrganizationSwitch mine={mine} chosen={chosen} />
      {PAGES.filter(isShown).map(({ href, label }) => {
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
