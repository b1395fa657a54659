import type { Metadata } from "next";
import { LayoutImport } from "../../../../features/admin/layout-import.tsx";

export const metadata: Metadata = { title: "Import a layout" };

export default function ImportPage() {
  return <LayoutImport />;
}
