import { OrganizationRole } from "@onsale/core/actor/organization-role";
import type { Metadata } from "next";
import { MembersView } from "../../../features/members/members-view.tsx";
import { ROLE_WORDS } from "../../../features/members/role-words.ts";
import { portal, requireOrganization } from "../../../features/organization/portal.ts";
import { api } from "../../../server/bridge.ts";
import { readFor } from "../../../trpc/page-reads.ts";
import { PageHead } from "../../../ui/frame/page-head.tsx";
import { FilterChoice, FilterText, ListFilter, NothingFits } from "../../../ui/table/list-filter.tsx";
import { paramText } from "../../../ui/param-text.ts";
import { isNarrowed } from "../../../ui/table/list-link.ts";

export const metadata: Metadata = { title: "Members" };

const FILTERS = ["q", "role"] as const;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function MembersPage({ searchParams }: Props) {
  const asked = await searchParams;
  const params = { q: paramText(asked, "q", 100), role: paramText(asked, "role") };
  const wanted = OrganizationRole.safeParse(params.role);

  const { id, name, role } = await requireOrganization("members.read");
  const { me, page, settings } = await readFor("/admin/members", async () => {
    const caller = await api();
    const [found, about, asking] = await Promise.all([
      caller.organization.members.list({
        organizationId: id,
        query: params.q,
        ...(wanted.success ? { role: wanted.data } : {}),
      }),
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
      <ListFilter path="/admin/members" params={params} filters={FILTERS}>
        <FilterText label="Name or address" value={params.q} />
        <FilterChoice
          label="Role"
          name="role"
          value={params.role}
          all="Every role"
          options={OrganizationRole.options.map((one) => [one, ROLE_WORDS[one].name])}
        />
      </ListFilter>
      <MembersView
        nothingFits={
          isNarrowed(params, FILTERS) && (
            <NothingFits path="/admin/members" params={params} filters={FILTERS} nouns="members" />
          )
        }
        key={id}
        organization={{ id, name, role: role ?? "owner", timeZone: settings.timeZone }}
        page={page}
        me={{
          id: accountId,
          isMember: role !== null,
          isElsewhere: me?.role === "operator" || mine.length > 1,
        }}
      />
    </>
  );
}
