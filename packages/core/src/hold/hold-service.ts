import type { Fan, System } from "../actor/actor.ts";
import type { Call } from "../actor/call.ts";
import type { AuditStore } from "../audit/audit-store.ts";
import type { EventSale } from "../event/sale-catalog.ts";
import { requirePublicEvent } from "../event/require-event.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId, HoldId } from "../shared/ids.ts";
import { epochMissing, type QuotedHold, holdGone, quoteOfHold } from "./acquire-hold.ts";
import { type ChooseDeps, makeChooseSeats } from "./choose-seats.ts";
import { type Hold, isRebuilt, sortedItems } from "./hold.ts";
import { makeJoinHolds } from "./join-holds.ts";
import { holdNotFound } from "./refusals.ts";

export type HoldServiceDeps = ChooseDeps & { readonly audit: Pick<AuditStore, "append"> };
type NamedHold = { readonly eventId: EventId; readonly holdId: HoldId };

export function makeHoldService(deps: HoldServiceDeps) {
  const requirePassToKeep = makePassToKeep(deps);
  return {
    ...makeChooseSeats(deps),

    async mine(actor: Fan, eventId: EventId): Promise<QuotedHold[]> {
      const all = await deps.holds.findByAccount(eventId, actor.account.id);
      if (all.length === 0) await requirePublicEvent(deps.catalog, eventId);
      const own = all.filter((hold) => !isRebuilt(hold));
      return Promise.all(own.map(async (hold) => ({ hold, quote: await quoteOfHold(deps, hold) })));
    },

    join: makeJoinHolds({ ...deps, requirePassToKeep }),

    async reprice(
      actor: Fan,
      call: Pick<Call, "pass">,
      input: NamedHold & { items: TicketItems },
    ): Promise<QuotedHold> {
      await requirePassToKeep(actor, call, input);
      return repriceHold(deps, actor, input);
    },

    async extend(actor: Fan, call: Pick<Call, "pass">, input: NamedHold): Promise<Hold> {
      const { event } = await requirePassToKeep(actor, call, input);
      return extendHold(deps, actor, { ...input, ttlMs: event.holdTtlMs });
    },

    /** Of the fan's own; a part of Onsale may release everybody's. */
    release: (actor: Fan | System, input: NamedHold) => releaseHold(deps, actor, input),
  };
}

/**
 * A fan who holds seats may keep them and change their ticket types for as long as the pass lets them pay, also after
 * the time for choosing.
 */
function makePassToKeep({ catalog, holds, access, gate }: HoldServiceDeps) {
  return async function requirePassToKeep(
    actor: Fan,
    call: Pick<Call, "pass">,
    { eventId, holdId }: NamedHold,
  ): Promise<EventSale> {
    const sale = await catalog.requirePublic(eventId);
    const hold = await holds.find(eventId, holdId);
    // The hold says in which window it was taken, and so behind which line.
    const own = hold?.accountId === actor.account.id ? hold : { id: holdId };
    const open = await access.statusToKeep(actor, sale.event, own);
    await gate.require(actor, call, { sale, open, for: "pay", holdId });
    return sale;
  };
}

/** Other ticket types for the same places, under the prices the hold was made with. */
async function repriceHold(
  deps: HoldServiceDeps,
  actor: Fan,
  { eventId, holdId, items: asked }: NamedHold & { items: TicketItems },
): Promise<QuotedHold> {
  const accountId = actor.account.id;
  const items = sortedItems(asked);
  const hold = await deps.holds.find(eventId, holdId);
  if (hold?.accountId !== accountId) throw await holdGone(deps, { actor, holdId }, holdNotFound());
  if (!samePlaces(hold.items, items)) throw new AppError("input.invalid", { why: "places_fixed" });
  const quote = await quoteOfHold(deps, { ...hold, items });
  const { hash: quoteHash, totalMinor } = quote;
  const result = await deps.holds.reprice({ eventId, holdId, items, accountId, quoteHash, totalMinor });
  switch (result.kind) {
    case "repriced":
      return { hold: result.hold, quote };
    case "not_found":
      throw await holdGone(deps, { actor, holdId }, holdNotFound());
    case "epoch_missing":
      throw await epochMissing(deps, eventId);
  }
}

async function extendHold(
  deps: HoldServiceDeps,
  actor: Fan,
  input: NamedHold & { ttlMs: number },
): Promise<Hold> {
  const { eventId, holdId, ttlMs } = input;
  const result = await deps.holds.extend({ eventId, holdId, ttlMs, accountId: actor.account.id });
  switch (result.kind) {
    case "extended":
      return result.hold;
    case "no_extension_left":
      throw new AppError("hold.not_extendable");
    case "not_found":
      throw await holdGone(deps, { actor, holdId }, holdNotFound());
    case "epoch_missing":
      throw await epochMissing(deps, eventId);
  }
}

async function releaseHold(
  deps: HoldServiceDeps,
  actor: Fan | System,
  { eventId, holdId }: NamedHold,
): Promise<{ seats: number }> {
  const accountId = actor.kind === "fan" ? actor.account.id : null;
  const result = await deps.holds.release({ eventId, holdId, accountId });
  switch (result.kind) {
    case "released": {
      const { seats } = result;
      // What a fan gives back is theirs to give; what is taken from them is written down.
      if (actor.kind === "system")
        await deps.audit.append(actor, {
          chain: eventId,
          action: "hold.released",
          detail: { hold: holdId, seats },
        });
      return { seats };
    }
    case "not_found":
      if (actor.kind === "system") throw holdNotFound();
      await requirePublicEvent(deps.catalog, eventId);
      throw await holdGone(deps, { actor, holdId }, holdNotFound());
    case "claimed": {
      const paying = new AppError("hold.in_checkout");
      throw actor.kind === "fan" ? await holdGone(deps, { actor, holdId }, paying) : paying;
    }
    case "epoch_missing":
      throw await epochMissing(deps, eventId);
  }
}

function samePlaces(a: TicketItems, b: TicketItems): boolean {
  const places = (items: TicketItems) => {
    const areas = new Map<number, number>();
    for (const { areaNo, quantity } of items.areas) areas.set(areaNo, (areas.get(areaNo) ?? 0) + quantity);
    return JSON.stringify([items.seats.map((seat) => seat.seatNo), [...areas].sort(([x], [y]) => x - y)]);
  };
  return places(sortedItems(a)) === places(sortedItems(b));
}
