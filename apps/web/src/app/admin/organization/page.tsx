import type { Metadata } from "next";
import { OrganizationForm } from "../../../features/organization-settings/organization-form.tsx";
import { requireOrganization } from "../../../features/organization/portal.ts";
import { api } from "../../../server/bridge.ts";
import { readFor } from "../../../trpc/page-reads.ts";
import { ButtonLink } from "../../../ui/button.tsx";
import { PageHead } from "../../../ui/frame/page-head.tsx";

export const metadata: Metadata = { title: "Organization" };

export default async function OrganizationPage() {
  const { id: organizationId, role } = await requireOrganization("organization.write");
  const settings = await readFor("/admin/organization", async () =>
    (await api()).organization.get({ organizationId }),
  );
  return (
    <>
      <PageHead title="Organization" sub={settings.name}>
        <ButtonLink href={`/organizers/${settings.slug}`}>Page for fans</ButtonLink>
        {role === null && <ButtonLink href="/admin/organization/new">New organization</ButtonLink>}
      </PageHead>
      <OrganizationForm key={settings.id} settings={settings} />
    </>
  );
}
