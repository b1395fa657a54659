import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { portal } from "../../../features/organization/portal.ts";
import { Notice } from "../../../ui/notice.tsx";

export const metadata: Metadata = { title: "Organization" };

/** Where the house has no organization yet. */
export default async function OrganizationPage() {
  const { organization } = await portal();
  if (organization) redirect("/admin");
  return (
    <Notice title="There is no organization yet.">
      <p>
        An organization owns venues, layouts and events. Make the first one in the terminal:{" "}
        <code>ticketctl org create</code>.
      </p>
    </Notice>
  );
}
