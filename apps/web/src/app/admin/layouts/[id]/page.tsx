import { formatFigure } from "@onsale/core/shared/format";
import type { Metadata } from "next";
import { LayoutPreview } from "../../../../features/admin/layout-preview.tsx";
import { requireOrganization } from "../../../../features/organization/portal.ts";
import { api } from "../../../../server/bridge.ts";
import { readFor } from "../../../../trpc/page-reads.ts";
import { ButtonLink } from "../../../../ui/button.tsx";
import { PageHead } from "../../../../ui/frame/page-head.tsx";

export const metadata: Metadata = { title: "Layout" };

export default async function LayoutPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const layout = await readFor(`/admin/layouts/${id}`, async () =>
    (await api()).admin.layouts.get({ layoutId: id }),
  );
  const { may } = await requireOrganization();
  return (
    <>
      <PageHead
        title={layout.name}
        sub={
          <>
            {formatFigure(layout.seatCount)} seats, {formatFigure(layout.gaCapacity)} standing places. Version{" "}
            <code>{layout.hash.slice(0, 8)}</code>
          </>
        }
      >
        {may("event.write") && (
          <ButtonLink href={`/admin/events/new?layout=${id}`}>New event with it</ButtonLink>
        )}
      </PageHead>
      <LayoutPreview layoutHash={layout.hash} />
    </>
  );
}
