import type { Fan } from "../actor/actor.ts";
import type { Call } from "../actor/call.ts";
import type { EventSale, SaleCatalog } from "../event/sale-catalog.ts";
import type { AccessGate, OpenStatus } from "../access/access-gate.ts";
import { holdTimeMaxMs } from "../event/hold-limits.ts";
import { requirePublicEvent } from "../event/require-event.ts";
import { windowKeyOf } from "../event/window-key.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import { ticketCount } from "../pricing/ticket-count.ts";
import type { Quote } from "../pricing/quote-schema.ts";
import { requireQuote } from "../pricing/quote.ts";
import type { Clock } from "../shared/clock.ts";
import { derivedId } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import { type AccountId, type EventId, HoldId } from "../shared/ids.ts";
import type { LineId } from "../line/line.ts";
import type { LineGate } from "../line/line-gate.ts";
import { type Hold, HOLD_CYCLES_MAX, sortedItems } from "./hold.ts";
import type { AcquireResult, HoldStore } from "./hold-store.ts";
import { acquireRefused, holdOrdered, type OrderOfHold, shardRebuilding } from "./refusals.ts";

export type QuotedHold = { readonly hold: Hold; readonly quote: Quote };

export type AcquireDeps = {
  readonly holds: HoldStore;
  readonly catalog: SaleCatalog;
  readonly clock: Clock;
  readonly gate: LineGate;
  readonly access: AccessGate;
  /** The order of this fan that the hold became, if it did: a hold that is gone may be bought, not lost. */
  readonly orderOf: (holdId: HoldId, accountId: AccountId) => Promise<OrderOfHold | null>;
  /** Called when a shard refuses for want of its epoch; starts the rebuild from Postgres. */
  readonly onEpochMissing: (eventId: EventId) => void;
};

/** One operation of a fan in a sale that is open to them; a retry of it names the same hold. */
export type Acquiring = {
  readonly actor: Fan;
  readonly sale: EventSale;
  readonly operationId: string;
  /** The line whose pass the fan came with; null: the sale has none. */
  readonly passLine: LineId | null;
  /** The window the fan buys in. */
  readonly open: OpenStatus;
};
export type Acquired = { readonly result: AcquireResult; readonly quote: Quote };

/**
 * What a hold needs to know: the event, the window that is open to this fan, the line they came through. Throws where
 * the fan may not hold seats now.
 */
export function makeOpenSale({ catalog, gate, access }: Pick<AcquireDeps, "catalog" | "gate" | "access">) {
  return async function requireOpenSale(
    actor: Fan,
    call: Pick<Call, "pass">,
    { eventId, operationId }: { eventId: EventId; operationId: string },
  ): Promise<Acquiring> {
    const sale = await catalog.requirePublic(eventId);
    const open = await access.requireOpen(actor, sale.event);
    const passLine = await gate.require(actor, call, { sale, open, for: "shop" });
    return { actor, sale, operationId, open, passLine };
  };
}

/** A function of fan, event and operation, so that a retry names the same hold. */
export function holdIdOf({ actor, sale, operationId }: Acquiring): HoldId {
  return HoldId.parse(derivedId("hold", actor.account.id, sale.id, operationId));
}

/** Asks the store for the places, at the price in force now. */
export async function acquireHold(
  deps: AcquireDeps,
  acquiring: Acquiring,
  asked: TicketItems,
): Promise<Acquired> {
  const { actor, sale, passLine, open } = acquiring;
  const { account } = actor;
  await requireAllotment(deps, acquiring, ticketCount(asked));
  const { plan, priceList, priceVersion } = sale;
  const items = sortedItems(asked);
  const quote = requireQuote({ plan, priceList, priceVersion, items });
  const result = await deps.holds.acquire({
    id: holdIdOf(acquiring),
    eventId: sale.id,
    accountId: account.id,
    items,
    priceVersion,
    quoteHash: quote.hash,
    totalMinor: quote.totalMinor,
    windowKey: open.window && windowKeyOf(open.window),
    ttlMs: sale.event.holdTtlMs,
    maxPerFan: sale.event.maxPerFan,
    passLine,
    cyclesMax: HOLD_CYCLES_MAX,
    timeMaxMs: holdTimeMaxMs(account),
  });
  return { result, quote };
}

/** Refuses a hold that a fan of a presale could not buy; a replay keeps what it has. */
async function requireAllotment(
  { access, holds }: AcquireDeps,
  acquiring: Acquiring,
  places: number,
): Promise<void> {
  const { sale, open } = acquiring;
  const refusal = await access.allotmentRefusal(sale.id, open, places);
  if (refusal && !(await holds.find(sale.id, holdIdOf(acquiring)))) throw refusal;
}

/** The store's answer as the hold with its price, or as the error that says why not. */
export async function requireAcquired(
  deps: AcquireDeps,
  acquiring: Acquiring,
  { result, quote }: Acquired,
): Promise<QuotedHold> {
  if (result.kind === "epoch_missing") throw await epochMissing(deps, acquiring.sale.id);
  if (result.kind === "ended")
    throw await holdGone(
      deps,
      { actor: acquiring.actor, holdId: holdIdOf(acquiring) },
      acquireRefused(result),
    );
  if (result.kind !== "acquired") throw acquireRefused(result);
  // A replay may carry other items than this call; its own quote is the one that is locked.
  return { hold: result.hold, quote: result.replayed ? await quoteOfHold(deps, result.hold) : quote };
}

/** Why a hold is not there: it became an order of this fan, or else what `otherwise` says. */
export async function holdGone(
  { orderOf }: Pick<AcquireDeps, "orderOf">,
  { actor, holdId }: { actor: Fan; holdId: HoldId },
  otherwise: AppError,
): Promise<AppError> {
  const order = await orderOf(holdId, actor.account.id);
  return order ? holdOrdered(order) : otherwise;
}

/** The quote of a hold under the price version it was made with, not the one in force now. */
export async function quoteOfHold({ catalog }: Pick<AcquireDeps, "catalog">, hold: Hold): Promise<Quote> {
  const sale = await catalog.require(hold.eventId);
  const priceList = await catalog.priceList(sale.id, hold.priceVersion);
  if (!priceList) throw new AppError("price.missing", { why: "gone" });
  return requireQuote({ plan: sale.plan, priceList, priceVersion: hold.priceVersion, items: hold.items });
}

/** The refusal for a shard without its epoch: it is being rebuilt, or there was never an event that it could be of. */
export async function epochMissing(
  deps: Pick<AcquireDeps, "catalog" | "onEpochMissing">,
  eventId: EventId,
): Promise<AppError> {
  await requirePublicEvent(deps.catalog, eventId);
  deps.onEpochMissing(eventId);
  return shardRebuilding();
}
