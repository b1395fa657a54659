import type { Account } from "../account/account.ts";
import type { EventSale, SaleCatalog } from "../event/sale-catalog.ts";
import { saleStatus } from "../event/sale-window.ts";
import { type CartItems, ticketCount } from "../pricing/quote-item.ts";
import type { Quote } from "../pricing/quote.ts";
import { requireQuote } from "../pricing/require-quote.ts";
import { bestAvailable } from "../seat-rules/best-available.ts";
import { checkSelection } from "../seat-rules/seat-rules.ts";
import { SEAT_STATE } from "../inventory/inventory.ts";
import type { Clock } from "../shared/clock.ts";
import { derivedId } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import { type EventId, HoldId, type IdempotencyKey } from "../shared/ids.ts";
import { type Hold, type HoldRequest, sortedItems } from "./hold.ts";
import type { AcquireResult, HoldStore } from "./hold-store.ts";

export type HeldCart = { readonly hold: Hold; readonly quote: Quote };
export type BestAvailableRequest = {
  readonly eventId: EventId;
  readonly operationId: IdempotencyKey;
  readonly quantity: number;
  readonly ticketType: string;
  readonly categories?: readonly string[] | undefined;
  readonly sectionKeys?: readonly string[] | undefined;
  readonly accessible?: boolean | undefined;
};

/** The live state of seats as this process last saw it: right within milliseconds, never the last word. */
export type LiveStock = { seatsOf(eventId: EventId): Promise<Uint8Array> };

export type HoldServiceDeps = {
  readonly holds: HoldStore;
  readonly catalog: SaleCatalog;
  readonly stock: LiveStock;
  readonly clock: Clock;
  /** Called when a shard refuses for want of its epoch; starts the rebuild from Postgres. */
  readonly onEpochMissing: (eventId: EventId) => void;
};

/** Best available picks from what this process sees; another fan may be faster, so it picks again this often. */
const PICK_ATTEMPTS = 6;

export function makeHoldService(deps: HoldServiceDeps) {
  const { holds, catalog, stock, clock } = deps;

  async function openSale(eventId: EventId): Promise<EventSale> {
    const sale = await catalog.require(eventId);
    const status = saleStatus(sale.event, clock.nowMs());
    if (status.kind === "open") return sale;
    throw new AppError(
      "event.not_on_sale",
      status.kind === "opens" ? "The sale has not opened yet." : "This event is not on sale now.",
      {
        details: status.kind === "opens" ? { opensAtMs: status.window.opensAtMs } : { why: status.why },
      },
    );
  }

  async function acquire(
    sale: EventSale,
    account: Account,
    request: { operationId: string; items: CartItems },
  ) {
    const items = sortedItems(request.items);
    const quote = requireQuote({
      plan: sale.plan,
      priceList: sale.priceList,
      priceVersion: sale.priceVersion,
      items,
    });
    const result = await holds.acquire({
      id: holdIdOf(account, sale.id, request.operationId),
      eventId: sale.id,
      accountId: account.id,
      items,
      priceVersion: sale.priceVersion,
      quoteHash: quote.hash,
      totalMinor: quote.totalMinor,
      ttlMs: sale.event.holdTtlMs,
      maxPerFan: sale.event.maxPerFan,
    });
    return { result, quote };
  }

  /** The quote of a hold under the price version it was made with, not the one in force now. */
  async function quoteOf(hold: Hold): Promise<Quote> {
    const sale = await catalog.require(hold.eventId);
    const priceList = await catalog.priceList(sale.id, hold.priceVersion);
    if (!priceList) throw new AppError("price.missing", "The prices of this hold are gone.");
    return requireQuote({ plan: sale.plan, priceList, priceVersion: hold.priceVersion, items: hold.items });
  }

  async function settle(
    sale: EventSale,
    { result, quote }: { result: AcquireResult; quote: Quote },
  ): Promise<HeldCart> {
    if (result.kind === "epoch_missing") throw rebuilding(sale.id, deps);
    if (result.kind !== "acquired") throw refusal(result);
    // A replay may carry other items than this call; its own quote is the one that is locked.
    return { hold: result.hold, quote: result.replayed ? await quoteOf(result.hold) : quote };
  }

  return {
    async create(account: Account, request: HoldRequest): Promise<HeldCart> {
      if (ticketCount(request.items) === 0) throw new AppError("hold.empty", "Choose at least one place.");
      const sale = await openSale(request.eventId);
      const seats = await stock.seatsOf(request.eventId);
      const broken = brokenRule(sale, seats, request.items);
      // A replay finds its own seats held, which can look like a broken rule; only then is it worth a round trip to ask.
      if (broken && !(await holds.find(sale.id, holdIdOf(account, sale.id, request.operationId))))
        throw broken;
      return settle(sale, await acquire(sale, account, request));
    },

    async bestAvailable(account: Account, request: BestAvailableRequest): Promise<HeldCart> {
      const sale = await openSale(request.eventId);
      const lost = new Set<number>();
      for (let attempt = 0; attempt < PICK_ATTEMPTS; attempt++) {
        const seats = await stock.seatsOf(request.eventId);
        const pick = bestAvailable({
          index: sale.seatIndex,
          isFree: (seatNo) => seats[seatNo] === SEAT_STATE.free && !lost.has(seatNo),
          quantity: request.quantity,
          categories: request.categories,
          sections: request.sectionKeys,
          accessible: request.accessible ?? false,
        });
        if (!pick) break;
        const items = {
          seats: pick.seatNos.map((seatNo) => ({ seatNo, ticketType: request.ticketType })),
          areas: [],
        };
        const answer = await acquire(sale, account, { operationId: request.operationId, items });
        if (answer.result.kind !== "taken") return settle(sale, answer);
        for (const seatNo of answer.result.seatNos) lost.add(seatNo);
      }
      throw new AppError("hold.no_block", `There are no ${request.quantity} seats like that left.`);
    },

    async mine(account: Account, eventId: EventId): Promise<HeldCart[]> {
      const own = await holds.findByAccount(eventId, account.id);
      return Promise.all(own.map(async (hold) => ({ hold, quote: await quoteOf(hold) })));
    },

    quoteOf,

    async reprice(
      account: Account,
      input: { eventId: EventId; holdId: HoldId; items: CartItems },
    ): Promise<HeldCart> {
      const items = sortedItems(input.items);
      const hold = await holds.find(input.eventId, input.holdId);
      if (!hold || hold.accountId !== account.id) throw notFound();
      if (!samePlaces(hold.items, items))
        throw new AppError("input.invalid", "Ticket types may change here, places may not.");
      const quote = await quoteOf({ ...hold, items });
      const result = await holds.reprice({
        ...input,
        items,
        accountId: account.id,
        quoteHash: quote.hash,
        totalMinor: quote.totalMinor,
      });
      if (result.kind === "repriced") return { hold: result.hold, quote };
      throw result.kind === "epoch_missing" ? rebuilding(input.eventId, deps) : notFound();
    },

    async extend(account: Account, input: { eventId: EventId; holdId: HoldId }): Promise<Hold> {
      const sale = await catalog.require(input.eventId);
      const result = await holds.extend({ ...input, accountId: account.id, ttlMs: sale.event.holdTtlMs });
      switch (result.kind) {
        case "extended":
          return result.hold;
        case "no_extension_left":
          throw new AppError("hold.not_extendable", "This hold cannot be extended again.");
        case "not_found":
          throw notFound();
        case "epoch_missing":
          throw rebuilding(input.eventId, deps);
      }
    },

    /** `account` null: an operator's release. */
    async release(
      account: Account | null,
      input: { eventId: EventId; holdId: HoldId },
    ): Promise<{ seats: number }> {
      const result = await holds.release({ ...input, accountId: account?.id ?? null });
      switch (result.kind) {
        case "released":
          return { seats: result.seats };
        case "not_found":
          throw notFound();
        case "claimed":
          throw new AppError("hold.in_checkout", "These seats are being paid for.");
        case "epoch_missing":
          throw rebuilding(input.eventId, deps);
      }
    },
  };
}
export type HoldService = ReturnType<typeof makeHoldService>;

function holdIdOf(account: Account, eventId: EventId, operationId: string): HoldId {
  return HoldId.parse(derivedId("hold", account.id, eventId, operationId));
}

function brokenRule(sale: EventSale, seats: Uint8Array, items: CartItems): AppError | null {
  const violations = checkSelection({
    plan: sale.plan,
    stateOf: (seatNo) => (seats[seatNo] === SEAT_STATE.free ? "free" : "taken"),
    items,
    limits: { ticketsMax: sale.event.maxPerFan },
  });
  const first = violations.find((violation) => violation.code !== "seat.taken");
  return first ? new AppError("hold.seat_rule", first.message, { details: { violations } }) : null;
}

function samePlaces(a: CartItems, b: CartItems): boolean {
  const places = (items: CartItems) => {
    const areas = new Map<number, number>();
    for (const { areaNo, quantity } of items.areas) areas.set(areaNo, (areas.get(areaNo) ?? 0) + quantity);
    return JSON.stringify([items.seats.map((seat) => seat.seatNo), [...areas].sort(([x], [y]) => x - y)]);
  };
  return places(sortedItems(a)) === places(sortedItems(b));
}

const notFound = () => new AppError("hold.not_found", "These seats are no longer held for you.");

function rebuilding(eventId: EventId, deps: HoldServiceDeps): AppError {
  deps.onEpochMissing(eventId);
  return new AppError(
    "inventory.rebuilding",
    "Seats are being counted again. Try once more in a few seconds.",
    {
      details: { retryAfterMs: 2_000 },
    },
  );
}

function refusal(result: Exclude<AcquireResult, { kind: "acquired" | "epoch_missing" }>): AppError {
  switch (result.kind) {
    case "taken":
      return result.seatNos.length > 0
        ? new AppError("hold.seats_taken", "Someone else just took some of those seats.", {
            details: { seatNos: result.seatNos, areaNos: result.areaNos },
          })
        : new AppError("hold.area_full", "There are not that many places left there.", {
            details: { areaNos: result.areaNos },
          });
    case "limit":
      return new AppError("hold.limit", `You can have ${result.max} tickets for this event.`, {
        details: { max: result.max, held: result.held, bought: result.bought },
      });
    case "ended":
      return new AppError("hold.expired", "That hold is over. Choose again.");
  }
}
