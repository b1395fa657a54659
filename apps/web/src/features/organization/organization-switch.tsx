"use client";

import { useRouter } from "next/navigation";
import type { MyOrganization } from "../../trpc/types.ts";
import { ORGANIZATION_COOKIE } from "./organization-cookie.ts";
import styles from "./organization.module.css";

const YEAR_S = 365 * 86_400;

/** Whose lists are shown. With one organization there is nothing to choose, and its name stands there. */
export function OrganizationSwitch({
  mine,
  chosen,
}: {
  mine: readonly MyOrganization[];
  chosen: string | null;
}) {
  const router = useRouter();
  const [only, ...others] = mine;
  if (!only) return null;
  if (others.length === 0) return <strong className={styles["name"]}>{only.name}</strong>;
  return (
    <select
      aria-label="Organization"
      className={styles["switch"]}
      value={chosen ?? only.id}
      onChange={({ currentTarget: { value } }) => {
        document.cookie = `${ORGANIZATION_COOKIE}=${value}; path=/admin; max-age=${YEAR_S}; samesite=lax`;
        router.push("/admin");
        router.refresh();
      }}
    >
      {mine.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
