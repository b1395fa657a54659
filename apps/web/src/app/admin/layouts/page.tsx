import { LAYOUT_SORTS } from "@onsale/core/layout/layout-store";
import type { Metadata } from "next";
import { LayoutTable } from "../../../features/admin/layout-table.tsx";
import { Pages } from "../../../features/admin/pages.tsx";
import { api } from "../../../server/bridge.ts";
import { requireOrganization } from "../../../features/organization/portal.ts";
import { readFor } from "../../../trpc/page-reads.ts";
import { ButtonLink } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { PageHead } from "../../../ui/frame/page-head.tsx";
import { FilterText, ListFilter, NothingFits } from "../../../ui/table/list-filter.tsx";
import { paramText } from "../../../ui/param-text.ts";
import { isNarrowed, orderOf } from "../../../ui/table/list-link.ts";

export const metadata: Metadata = { title: "Layouts" };

const FILTERS = ["q"] as const;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LayoutsPage({ searchParams }: Props) {
  const asked = await searchParams;
  const params = {
    q: paramText(asked, "q", 100),
    sort: paramText(asked, "sort"),
    dir: paramText(asked, "dir"),
    after: paramText(asked, "after"),
  };
  const { id: organizationId, may } = await requireOrganization("layouts.read");
  const page = await readFor("/admin/layouts", async () =>
    (await api()).admin.layouts.list({
      organizationId,
      query: params.q,
      after: params.after || null,
      ...orderOf(params, LAYOUT_SORTS),
    }),
  );
  const narrowed = isNarrowed(params, FILTERS);
  return (
    <>
      <PageHead title="Layouts">
        {may("layouts.write") && (
          <ButtonLink kind="next" href="/admin/layouts/import">
            Import a layout
          </ButtonLink>
        )}
      </PageHead>
      {(page.total > 0 || narrowed) && (
        <ListFilter path="/admin/layouts" params={params} filters={FILTERS}>
          <FilterText label="Name" value={params.q} />
        </ListFilter>
      )}
      {page.total > 0 && <LayoutTable layouts={page.items} params={params} />}
      {page.total === 0 && narrowed && (
        <NothingFits path="/admin/layouts" params={params} filters={FILTERS} nouns="layouts" />
      )}
      {page.total === 0 && !narrowed && (
        <EmptyState
          title="No layout yet."
          action={
            may("layouts.write") && (
              <ButtonLink href="/admin/layouts/import">Import the first seating plan</ButtonLink>
            )
          }
        >
          Each seating plan stands here with its places. Events sell seats from it.
        </EmptyState>
      )}
      <Pages path="/admin/layouts" params={params} page={page} nouns={["layout", "layouts"]} />
    </>
  );
}
