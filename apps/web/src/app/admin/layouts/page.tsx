import { LAYOUT_SORTS } from "@onsale/core/layout/layout-store";
import type { Metadata } from "next";
import { LayoutTable } from "../../../features/admin/layout-table.tsx";
import { Pages } from "../../../features/admin/pages.tsx";
import { api } from "../../../server/bridge.ts";
import { requireOrganization } from "../../../features/organization/portal.ts";
import { readFor } from "../../../trpc/page-reads.ts";
import { ButtonLink } from "../../../ui/button.tsx";
import { PageHead } from "../../../ui/frame/page-head.tsx";
import { orderOf, paramText } from "../../../ui/table/list-link.ts";

export const metadata: Metadata = { title: "Layouts" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LayoutsPage({ searchParams }: Props) {
  const asked = await searchParams;
  const params = {
    sort: paramText(asked, "sort"),
    dir: paramText(asked, "dir"),
    after: paramText(asked, "after"),
  };
  const { id: organizationId, may } = await requireOrganization("layouts.read");
  const page = await readFor("/admin/layouts", async () =>
    (await api()).admin.layouts.list({
      organizationId,
      after: params.after || null,
      ...orderOf(params, LAYOUT_SORTS),
    }),
  );
  return (
    <>
      <PageHead title="Layouts">
        {may("layouts.write") && (
          <ButtonLink kind="next" href="/admin/layouts/import">
            Import a layout
          </ButtonLink>
        )}
      </PageHead>
      {page.total === 0 ? (
        <p>No layout yet.{may("layouts.write") && " Import a seating plan to sell seats from it."}</p>
      ) : (
        <LayoutTable layouts={page.items} params={params} />
      )}
      <Pages path="/admin/layouts" params={params} page={page} nouns={["layout", "layouts"]} />
    </>
  );
}
