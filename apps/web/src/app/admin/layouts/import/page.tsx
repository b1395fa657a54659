import type { Metadata } from "next";
import { requireOrganization } from "../../../../features/organization/portal.ts";
import { LayoutImport } from "../../../../features/admin/layout-import.tsx";

export const metadata: Metadata = { title: "Import a layout" };

export default async function ImportPage() {
  const { id } = await requireOrganization("layouts.write");
  return <LayoutImport organizationId={id} />;
}
