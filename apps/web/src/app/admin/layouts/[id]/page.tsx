import { formatFigure } from "@onsale/core/shared/format";
import type { Metadata } from "next";
import { LayoutPreview } from "../../../../features/admin/layout-preview.tsx";
import { mayIn, portal } from "../../../../features/organization/portal.ts";
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
  const may = await mayIn(layout.organizationId);
  const { mine, organization } = await portal();
  // The lists at the side go on being about the chosen one.
  const elsewhere =
    layout.organizationId === organization?.id ? null : mine.find((one) => one.id === layout.organizationId);
  return (
    <>
      <PageHead
        title={layout.name}
        sub={
          <>
            {elsewhere && `A layout of ${elsewhere.name}. `}
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
