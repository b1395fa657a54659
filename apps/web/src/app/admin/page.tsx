import { formatFigure } from "@onsale/core/shared/format";
import Link from "next/link";
import { EventTable } from "../../features/admin/event-table.tsx";
import { api } from "../../server/bridge.ts";
import { requireOrganization } from "../../features/organization/portal.ts";
import { readFor } from "../../trpc/page-reads.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Figures } from "../../ui/figures.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Section } from "../../ui/section.tsx";

/** An overview, and not the list. */
const SHOWN = 20;

export default async function AdminPage() {
  const { live, counts, layouts, may } = await readFor("/admin", async () => {
    const caller = await api();
    const organization = await requireOrganization();
    const organizationId = organization.id;
    const [selling, known] = await Promise.all([
      caller.admin.events.list({ organizationId, states: ["on_sale", "paused", "sold_out"], limit: SHOWN }),
      organization.may("layouts.read") ? caller.admin.layouts.list({ organizationId, limit: 1 }) : null,
    ]);
    return {
      live: selling,
      counts: selling.counts,
      layouts: known?.total ?? null,
      may: organization.may,
    };
  });
  return (
    <>
      <PageHead title="Overview">
        {may("event.write") && <ButtonLink href="/admin/events/new">New event</ButtonLink>}
      </PageHead>
      <Figures
        figures={[
          ["On sale", formatFigure(counts.on_sale ?? 0)],
          ["Paused", formatFigure(counts.paused ?? 0)],
          ["Published", formatFigure(counts.published ?? 0)],
          ["Drafts", formatFigure(counts.draft ?? 0)],
          ...(layouts === null ? [] : [["Layouts", formatFigure(layouts)] as const]),
        ]}
      />
      <Section title="Selling now">
        {live.total > 0 ? (
          <>
            <EventTable events={live.items} seesSales={may("sales.read")} />
            {live.next !== null && (
              <p>
                The newest {live.items.length} of {live.total}.{" "}
                <Link href="/admin/events?state=selling">Show all that are selling</Link>
              </p>
            )}
          </>
        ) : (
          <EmptyState
            title="Nothing is on sale."
            action={
              <>
                <ButtonLink href="/admin/events">See all events</ButtonLink>
                {layouts === 0 && may("layouts.write") && (
                  <ButtonLink href="/admin/layouts/import">Import a layout</ButtonLink>
                )}
              </>
            }
          >
            {layouts === 0
              ? "It begins with a seating plan, and an event that sells its places."
              : "An event stands here from the moment its sale is opened."}
          </EmptyState>
        )}
      </Section>
    </>
  );
}
