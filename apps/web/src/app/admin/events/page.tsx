import { EVENT_SORTS } from "@onsale/core/event/event-store";
import type { Metadata } from "next";
import {
  EVENT_FILTERS,
  EventSearch,
  readEventParams,
  statesOf,
} from "../../../features/admin/event-search.tsx";
import { EventTable } from "../../../features/admin/event-table.tsx";
import { Pages } from "../../../features/admin/pages.tsx";
import { api } from "../../../server/bridge.ts";
import { requireOrganization } from "../../../features/organization/portal.ts";
import { readFor } from "../../../trpc/page-reads.ts";
import { ButtonLink } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { PageHead } from "../../../ui/frame/page-head.tsx";
import { NothingFits } from "../../../ui/table/list-filter.tsx";
import { isNarrowed, orderOf } from "../../../ui/table/list-link.ts";

export const metadata: Metadata = { title: "Events" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AdminEventsPage({ searchParams }: Props) {
  const params = readEventParams(await searchParams);
  const { q, state, after } = params;
  const states = statesOf(state);
  const { id: organizationId, may } = await requireOrganization();
  const page = await readFor("/admin/events", async () =>
    (await api()).admin.events.list({
      organizationId,
      query: q,
      after: after || null,
      ...orderOf(params, EVENT_SORTS),
      ...(states ? { states } : {}),
    }),
  );
  const narrowed = isNarrowed(params, EVENT_FILTERS);
  return (
    <>
      <PageHead title="Events">
        {may("event.write") && (
          <ButtonLink kind="next" href="/admin/events/new">
            New event
          </ButtonLink>
        )}
      </PageHead>
      <EventSearch params={params} counts={page.counts} />
      {page.total > 0 && <EventTable events={page.items} params={params} seesSales={may("sales.read")} />}
      {page.total === 0 && narrowed && (
        <NothingFits path="/admin/events" params={params} filters={EVENT_FILTERS} nouns="events" />
      )}
      {page.total === 0 && !narrowed && (
        <EmptyState
          title="No event yet."
          action={
            may("event.write") && <ButtonLink href="/admin/events/new">Create the first event</ButtonLink>
          }
        >
          Each event stands here with its date, its venue and how its sale goes.
        </EmptyState>
      )}
      <Pages path="/admin/events" params={params} page={page} nouns={["event", "events"]} />
    </>
  );
}
