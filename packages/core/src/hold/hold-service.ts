import type { Account } from "../actor/account.ts";
import { requirePublicEvent } from "../event/require-event.ts";
import type { Visitor } from "../line/line-gate.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId, HoldId } from "../shared/ids.ts";
import { epochMissing, type QuotedHold, holdGone, quoteOfHold } from "./acquire-hold.ts";
import { type BestAvailableRequest, type ChooseDeps, holdBestAvailable, holdChosen } from "./choose-seats.ts";
import { type Hold, type HoldRequest, isRebuilt, sortedItems } from "./hold.ts";
import { holdNotFound } from "./refusals.ts";

export type HoldServiceDeps = ChooseDeps;
type NamedHold = { readonly eventId: EventId; readonly holdId: HoldId };

export function makeHoldService(deps: HoldServiceDeps) {
  return {
    create: (visitor: Visitor, request: HoldRequest) => holdChosen(deps, visitor, request),
    bestAvailable: (visitor: Visitor, request: BestAvailableRequest) =>
      holdBestAvailable(deps, visitor, request),

    async mine(account: Account, eventId: EventId): Promise<QuotedHold[]> {
      const all = await deps.holds.findByAccount(eventId, account.id);
      if (all.length === 0) await requirePublicEvent(deps.catalog, eventId);
      const own = all.filter((hold) => !isRebuilt(hold));
      return Promise.all(own.map(async (hold) => ({ hold, quote: await quoteOfHold(deps, hold) })));
    },

    /** The quote of a hold under the price version it was made with, not the one in force now. */
    quoteOf: (hold: Hold) => quoteOfHold(deps, hold),
    reprice: (visitor: Visitor, input: NamedHold & { items: TicketItems }) =>
      repriceHold(deps, visitor, input),
    extend: (visitor: Visitor, input: NamedHold) => extendHold(deps, visitor, input),

    /** `account` null: an operator's release. */
    release: (account: Account | null, input: NamedHold) => releaseHold(deps, account, input),
  };
}
export type HoldService = ReturnType<typeof makeHoldService>;

/** Other ticket types for the same places, under the prices the hold was made with. */
async function repriceHold(
  deps: HoldServiceDeps,
  visitor: Visitor,
  { eventId, holdId, items: asked }: NamedHold & { items: TicketItems },
): Promise<QuotedHold> {
  const { account } = visitor;
  await requirePassToKeep(deps, visitor, { eventId, holdId });
  const items = sortedItems(asked);
  const hold = await deps.holds.find(eventId, holdId);
  if (hold?.accountId !== account.id) throw await holdGone(deps, { holdId, account }, holdNotFound());
  if (!samePlaces(hold.items, items)) throw new AppError("input.invalid", { why: "places_fixed" });
  const quote = await quoteOfHold(deps, { ...hold, items });
  const result = await deps.holds.reprice({
    eventId,
    holdId,
    items,
    accountId: account.id,
    quoteHash: quote.hash,
    totalMinor: quote.totalMinor,
  });
  switch (result.kind) {
    case "repriced":
      return { hold: result.hold, quote };
    case "not_found":
      throw await holdGone(deps, { holdId, account }, holdNotFound());
    case "epoch_missing":
      throw await epochMissing(deps, eventId);
  }
}

/** Who has seats may keep them and change their kind for as long as a pass lets them pay, also after shopping time. */
async function requirePassToKeep(deps: HoldServiceDeps, visitor: Visitor, { eventId, holdId }: NamedHold) {
  const sale = await deps.catalog.requirePublic(eventId);
  const hold = await deps.holds.find(eventId, holdId);
  // It says through which window it was taken, and so through which line.
  const own = hold?.accountId === visitor.account.id ? hold : { id: holdId };
  const open = await deps.access.statusToKeep(visitor.account, sale.event, own);
  await deps.gate.require(visitor, { sale, open, for: "pay", holdId });
  return sale;
}

async function extendHold(deps: HoldServiceDeps, visitor: Visitor, input: NamedHold): Promise<Hold> {
  const sale = await requirePassToKeep(deps, visitor, input);
  const result = await deps.holds.extend({
    ...input,
    accountId: visitor.account.id,
    ttlMs: sale.event.holdTtlMs,
  });
  switch (result.kind) {
    case "extended":
      return result.hold;
    case "no_extension_left":
      throw new AppError("hold.not_extendable");
    case "not_found":
      throw await holdGone(deps, { holdId: input.holdId, account: visitor.account }, holdNotFound());
    case "epoch_missing":
      throw await epochMissing(deps, input.eventId);
  }
}

async function releaseHold(
  deps: HoldServiceDeps,
  account: Account | null,
  input: NamedHold,
): Promise<{ seats: number }> {
  const result = await deps.holds.release({ ...input, accountId: account?.id ?? null });
  switch (result.kind) {
    case "released":
      return { seats: result.seats };
    case "not_found":
      if (!account) throw holdNotFound();
      await requirePublicEvent(deps.catalog, input.eventId);
      throw await holdGone(deps, { holdId: input.holdId, account }, holdNotFound());
    case "claimed": {
      const paying = new AppError("hold.in_checkout");
      throw account ? await holdGone(deps, { holdId: input.holdId, account }, paying) : paying;
    }
    case "epoch_missing":
      throw await epochMissing(deps, input.eventId);
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
