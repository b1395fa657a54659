import { randomUUID } from "node:crypto";
import type { AreaStock } from "../inventory/inventory.ts";
import { LineId } from "../line/line.ts";
import type { RoomKey } from "../line/line-room.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import { AccountId, EventId, HoldId, OrderId } from "../shared/ids.ts";
import type { HoldPlan } from "./hold.ts";
import type { HoldStore } from "./hold-store.ts";

/** What an adapter brings to run the contract: the store, a way to open an event's stock, and one to see it. */
export type HoldStoreHarness = {
  readonly store: HoldStore;
  open: (event: {
    eventId: EventId;
    seatCount: number;
    areas?: readonly { areaNo: number; capacity: number }[];
    blocked?: readonly number[];
    bought?: readonly { accountId: AccountId; count: number }[];
  }) => Promise<void>;
  /** Everybody's view of the stock, as it is stored. */
  stock: (eventId: EventId) => Promise<{ seats: readonly number[]; areas: readonly AreaStock[] }>;
  /** Lets the time of one active hold run out now, without ending it: nobody has swept yet. */
  lapse: (eventId: EventId, holdId: HoldId) => Promise<void>;
  /** Sets up the room of a line, with nobody inside. */
  openRoom: (line: RoomKey) => Promise<void>;
  /** Lets a fan through a line, as its room would. */
  grantPass: (pass: RoomKey & { accountId: AccountId; untilMs: number }) => Promise<void>;
  /** Puts the holds that a fan made and did not pay for so far back that they count no more. */
  ageCycles: (eventId: EventId, accountId: AccountId) => Promise<void>;
  /** Puts the times in which a fan had places back by so much, the running one as well. */
  ageTime: (eventId: EventId, accountId: AccountId, byMs: number) => Promise<void>;
  close: () => Promise<void>;
};

export const newEventId = () => EventId.parse(randomUUID());
export const newAccountId = () => AccountId.parse(randomUUID());
export const newLineId = () => LineId.parse(randomUUID());
export const newHoldId = () => HoldId.parse(randomUUID());
export const newOrderId = () => OrderId.parse(randomUUID());

export function seatsOf(...seatNos: number[]): TicketItems {
  return { seats: seatNos.map((seatNo) => ({ seatNo, ticketType: "adult" })), areas: [] };
}

export function planOf(plan: Partial<HoldPlan> & Pick<HoldPlan, "eventId">): HoldPlan {
  return {
    id: newHoldId(),
    accountId: newAccountId(),
    items: seatsOf(0),
    priceVersion: 1,
    quoteHash: "a".repeat(64),
    totalMinor: 5_000,
    ttlMs: 300_000,
    maxPerFan: 6,
    passLine: null,
    cyclesMax: 1_000,
    timeMaxMs: 1_200_000,
    ...plan,
  };
}

export function claimOf(plan: HoldPlan, orderId = newOrderId(), queueMax = 100) {
  return {
    eventId: plan.eventId,
    holdId: plan.id,
    accountId: plan.accountId,
    quoteHash: plan.quoteHash,
    orderId,
    payload: JSON.stringify({ orderId }),
    queueMax,
  };
}
export const refOf = (plan: HoldPlan) => ({ eventId: plan.eventId, holdId: plan.id });

/** What the parts of the contract share: the store, an event of their own, and a look at its seats. */
export type HoldContractContext = {
  readonly harness: HoldStoreHarness;
  readonly store: HoldStore;
  openEvent: (event?: Partial<Parameters<HoldStoreHarness["open"]>[0]>) => Promise<EventId>;
  seatsIn: (eventId: EventId) => Promise<readonly number[]>;
};
