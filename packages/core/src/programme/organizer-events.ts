import type { Staff } from "../actor/actor.ts";
import { refuseElsewhere } from "../actor/own-organization.ts";
import type { EventState } from "../event/event.ts";
import type { EventFilter, EventOrder, EventStore, EventSummary } from "../event/event-store.ts";
import { requireOwnEvent } from "../event/require-event.ts";
import type { LayoutStore } from "../layout/layout-store.ts";
import type { PriceList } from "../pricing/price-list.ts";
import type { PriceListStore } from "../pricing/price-list-store.ts";
import type { Clock } from "../shared/clock.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId } from "../shared/ids.ts";
import type { OrganizationId } from "../shared/ids.ts";
import { everyPage, type Page, type PageAsk } from "../shared/page.ts";
import { listEvent, makeProgramme } from "./programme.ts";
import { findWords } from "./search-programme.ts";

export type OrganizerEventsDeps = {
  readonly events: Pick<EventStore, "findEvent" | "listEvents" | "countEvents">;
  readonly priceLists: Pick<PriceListStore, "find">;
  readonly layouts: Pick<LayoutStore, "find">;
  readonly clock: Clock;
};

export type OrganizerAsk = PageAsk & EventOrder & Pick<EventFilter, "states"> & { readonly query: string };
export type OrganizerPage = Page<EventSummary> & {
  readonly counts: Partial<Record<EventState, number>>;
};
export type OrganizerEvent = {
  readonly event: EventSummary;
  readonly priceList: PriceList | null;
  readonly layoutHash: string | null;
};

const ROWS_PER_READ = 1_000;

/** Events as those who sell them see them. */
export function makeOrganizerEvents(deps: OrganizerEventsDeps) {
  const { events } = deps;
  return {
    /** `query` as in the storefront, over events of every time and state. */
    async list(
      actor: Staff,
      organization: OrganizationId,
      { query, ...ask }: OrganizerAsk,
    ): Promise<OrganizerPage> {
      refuseElsewhere(actor, organization, () => new AppError("organization.not_found", {}));
      const [ids, counts] = await Promise.all([
        query === "" ? undefined : idsFor(deps, { organization, query }),
        events.countEvents(organization),
      ]);
      return { ...(await events.listEvents({ ...ask, organization, ids })), counts };
    },

    /** With what it is sold by. */
    async get(actor: Staff, idOrSlug: string): Promise<OrganizerEvent> {
      const event = await requireOwnEvent(actor, events, idOrSlug);
      const [priceList, layout] = await Promise.all([
        event.priceVersion > 0 ? deps.priceLists.find(event.id, event.priceVersion) : null,
        event.layoutId ? deps.layouts.find(event.layoutId) : null,
      ]);
      return { event, priceList, layoutHash: layout?.hash ?? null };
    },
  };
}

/** Ids of events of every time and state that a query speaks of, by the storefront's rules. */
async function idsFor(
  { events, clock }: OrganizerEventsDeps,
  { organization, query }: { organization: OrganizationId; query: string },
): Promise<readonly EventId[]> {
  const all = await everyPage((after) => events.listEvents({ organization, after, limit: ROWS_PER_READ }));
  const programme = makeProgramme(all.map((event) => listEvent(event, null)));
  const found = findWords(programme, query, clock.nowMs());
  return programme.listed.flatMap(({ event }, at) => (found === null || found.has(at) ? [event.id] : []));
}
