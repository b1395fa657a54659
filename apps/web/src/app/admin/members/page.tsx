import type { Metadata } from "next";
import { MembersView } from "../../../features/members/members-view.tsx";
import { portal, requireOrganization } from "../../../features/organization/portal.ts";
import { api } from "../../../server/bridge.ts";
import { readFor } from "../../../trpc/page-reads.ts";
import { PageHead } from "../../../ui/frame/page-head.tsx";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage() {
  const { id, name, role } = await requireOrganization("members.read");
  const { me, page, settings } = await readFor("/admin/members", async () => {
    const caller = await api();
    const [found, about, asking] = await Promise.all([
      caller.organization.members.list({ organizationId: id }),
      caller.organization.get({ organizationId: id }),
      caller.account.me(),
    ]);
    return { page: found, settings: about, me: asking };
  });
  const { mine } = await portal();
  const accountId = me?.id ?? "";
  return (
    <>
      <PageHead title="Members" sub={name} />
      <MembersView
        key={id}
        organization={{ id, name, role: role ?? "owner", timeZone: settings.timeZone }}
        page={page}
        me={{
          id: accountId,
          isMember: page.members.some((member) => member.accountId === accountId),
          isElsewhere: me?.role === "operator" || mine.length > 1,
        }}
      />
    </>
  );
}
