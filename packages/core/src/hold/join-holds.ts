import type { Fan } from "../actor/actor.ts";
import type { Call } from "../actor/call.ts";
import type { EventSale } from "../event/sale-catalog.ts";
import { requirePublicEvent } from "../event/require-event.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import type { EventId, HoldId } from "../shared/ids.ts";
import { type AcquireDeps, epochMissing, type QuotedHold, quoteOfHold } from "./acquire-hold.ts";
import { type Hold, isRebuilt, sortedItems } from "./hold.ts";

/** Reading and joining again when a hold changed in between. */
const TRIES = 3;

export type JoinedHolds = {
  /** What is paid for together, oldest first; more than one where holds cannot be joined. */
  readonly held: readonly QuotedHold[];
  /** Holds of different price lists were joined: all of them cost what the newest says. */
  readonly priceChanged: boolean;
};

type JoinDeps = AcquireDeps & {
  readonly requirePassToKeep: (
    actor: Fan,
    call: Pick<Call, "pass">,
    named: { readonly eventId: EventId; readonly holdId: HoldId },
  ) => Promise<EventSale>;
};

/**
 * Everything that a fan holds in an event is one hold: one price with one fee per order, one end, one checkout. An offer of
 * the waitlist stays by itself, for it has a longer time of its own; so do holds of different sale windows, which different
 * lines and allotments stand behind.
 */
export function makeJoinHolds(deps: JoinDeps) {
  return async function join(actor: Fan, call: Pick<Call, "pass">, eventId: EventId): Promise<JoinedHolds> {
    let priceChanged = false;
    for (let tries = 0; tries < TRIES; tries++) {
      const own = await ownHolds(deps, actor, eventId);
      const apart = together(own.filter(({ state }) => state === "active")).filter(
        (holds) => holds.length > 1,
      );
      if (apart.length === 0) break;
      for (const holds of apart) {
        const changed = await joinOne(deps, { actor, call, holds });
        priceChanged ||= changed;
      }
    }
    const own = await ownHolds(deps, actor, eventId);
    if (own.length === 0) await requirePublicEvent(deps.catalog, eventId);
    const held = await Promise.all(own.map(async (hold) => ({ hold, quote: await quoteOfHold(deps, hold) })));
    return { held, priceChanged };
  };
}

async function ownHolds({ holds }: JoinDeps, { account }: Fan, eventId: EventId): Promise<Hold[]> {
  return (await holds.findByAccount(eventId, account.id)).filter((hold) => !isRebuilt(hold));
}

/** Groups of holds that may be paid for together, oldest first. */
function together(holds: readonly Hold[]): Hold[][] {
  const groups = Map.groupBy(holds, ({ id, payByMs, windowKey }) =>
    payByMs === null ? id : `in ${windowKey}`,
  );
  return [...groups.values()];
}

/** true: they were made under different price lists. */
async function joinOne(
  deps: JoinDeps,
  { actor, call, holds }: { actor: Fan; call: Pick<Call, "pass">; holds: readonly Hold[] },
): Promise<boolean> {
  const [first] = holds;
  if (!first) return false;
  await deps.requirePassToKeep(actor, call, { eventId: first.eventId, holdId: first.id });
  const versions = holds.map(({ priceVersion }) => priceVersion);
  const all = { ...first, priceVersion: Math.max(...versions), items: itemsOfAll(holds) };
  const quote = await quoteOfHold(deps, all);
  const into = { ...all, quoteHash: quote.hash, totalMinor: quote.totalMinor };
  const result = await deps.holds.join({ into, holds });
  if (result.kind === "epoch_missing") throw await epochMissing(deps, first.eventId);
  return result.kind === "joined" && new Set(versions).size > 1;
}

/** Standing places of one area and ticket type are one item. */
export function itemsOfAll(holds: readonly Pick<Hold, "items">[]): TicketItems {
  const areas = Map.groupBy(
    holds.flatMap(({ items }) => items.areas),
    ({ areaNo, ticketType }) => `${areaNo} ${ticketType}`,
  );
  return sortedItems({
    seats: holds.flatMap(({ items }) => items.seats),
    areas: [...areas.values()].flatMap(([first, ...more]) =>
      first
        ? [{ ...first, quantity: more.reduce((sum, { quantity }) => sum + quantity, first.quantity) }]
        : [],
    ),
  });
}
