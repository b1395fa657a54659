import type { MyOrganization } from "@onsale/contract/organization";
import "server-only";
import type { Permission } from "@onsale/core/organization/permissions";
import type { OrganizationId } from "@onsale/core/shared/ids";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { api } from "../../server/bridge.ts";
import { REFUSED_PATH } from "../../trpc/page-reads.ts";
import { type May, mayOf } from "./may.ts";
import { ORGANIZATION_COOKIE } from "./organization-cookie.ts";

type Portal = {
  /** Where the visitor may do something. */
  readonly mine: readonly MyOrganization[];
  /** Whose lists are shown: what was chosen last, else the first. */
  readonly organization: MyOrganization | null;
};
type Chosen = Omit<MyOrganization, "id"> & { readonly id: OrganizationId; readonly may: May };

/** What the portal is about for this visitor, once per request. */
export const portal = cache(async (): Promise<Portal> => {
  const [jar, mine] = await Promise.all([cookies(), (await api()).organization.mine()]);
  const chosen = jar.get(ORGANIZATION_COOKIE)?.value;
  return { mine, organization: mine.find(({ id }) => id === chosen) ?? mine[0] ?? null };
});

/**
 * For pages about one organization; where there is none yet, the page that makes the first. With a permission: for pages
 * that are of no use without it.
 */
export async function requireOrganization(permission?: Permission): Promise<Chosen> {
  const { organization, mine } = await portal();
  if (!organization) redirect("/admin/organization/new");
  const may = mayOf(mine, organization.id);
  if (permission && !may(permission)) redirect(REFUSED_PATH);
  return { ...organization, may };
}

/** The same for a thing that names its organization, which need not be the chosen one. */
export async function mayIn(organizationId: string): Promise<May> {
  return mayOf((await portal()).mine, organizationId);
}

/** The same for pages that are of no use without a permission there. */
export async function requireIn(
  organization: OrganizationId,
  permission: Permission,
): Promise<OrganizationId> {
  const may = await mayIn(organization);
  if (!may(permission)) redirect(REFUSED_PATH);
  return organization;
}
