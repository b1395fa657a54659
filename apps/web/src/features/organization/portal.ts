import "server-only";
import { OrganizationId } from "@onsale/core/shared/ids";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { ORGANIZATION_COOKIE } from "./organization-cookie.ts";
import type { MyOrganization } from "../../trpc/types.ts";
import { api } from "../../server/bridge.ts";

type Portal = {
  /** Where the visitor may do something. */
  readonly mine: readonly MyOrganization[];
  /** Whose lists are shown: what was chosen last, else the first. */
  readonly organization: MyOrganization | null;
};
type Chosen = MyOrganization & { readonly id: OrganizationId };

/** What the portal is about for this visitor, once per request. */
export const portal = cache(async (): Promise<Portal> => {
  const [jar, mine] = await Promise.all([cookies(), (await api()).organization.mine()]);
  const chosen = jar.get(ORGANIZATION_COOKIE)?.value;
  return { mine, organization: mine.find(({ id }) => id === chosen) ?? mine[0] ?? null };
});

/** For pages about one organization; where the house has none yet, the page that makes the first. */
export async function requireOrganization(): Promise<Chosen> {
  const { organization } = await portal();
  if (!organization) redirect("/admin/organization");
  return { ...organization, id: OrganizationId.parse(organization.id) };
}
