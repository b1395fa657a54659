import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { OrganizationForm } from "../../../../features/organization-settings/organization-form.tsx";
import { portal } from "../../../../features/organization/portal.ts";
import { api } from "../../../../server/bridge.ts";
import { OPERATORS_ONLY_PATH } from "../../../../trpc/page-reads.ts";
import { PageHead } from "../../../../ui/frame/page-head.tsx";

export const metadata: Metadata = { title: "New organization" };

/** For operators; also where it has no organization yet. */
export default async function NewOrganizationPage() {
  const me = await (await api()).account.me();
  if (me?.role !== "operator") redirect(OPERATORS_ONLY_PATH);
  const { organization } = await portal();
  return (
    <>
      <PageHead
        title="New organization"
        sub={
          organization
            ? undefined
            : "There is none yet. An organization owns venues, layouts and events; here is the first."
        }
      />
      <p>Its first owner is invited on the next page.</p>
      <OrganizationForm settings={null} />
    </>
  );
}
