import type { Hold, HoldPlan } from "@onsale/core/hold/hold";
import { WindowKey } from "@onsale/core/event/window-key-schema";
import { TicketItems } from "@onsale/core/pricing/ticket-items";
import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { assert, must } from "@onsale/core/shared/assert";
import { AccountId, type EventId, type HoldId } from "@onsale/core/shared/ids";

/** How the record in src/lua/hold-record.lua names places: "12,13" and "0:4,2:1", ascending and unique. */
export function packPlaces(items: TicketItems): { seats: string; areas: string; places: number } {
  const seatNos = items.seats.map((seat) => seat.seatNo).sort((a, b) => a - b);
  assert(new Set(seatNos).size === seatNos.length, "a hold names each seat once");
  const quantities = new Map<number, number>();
  for (const { areaNo, quantity } of items.areas) {
    quantities.set(areaNo, (quantities.get(areaNo) ?? 0) + quantity);
  }
  const areas = [...quantities]
    .sort(([a], [b]) => a - b)
    .map(([areaNo, quantity]) => `${areaNo}:${quantity}`);
  return { seats: seatNos.join(","), areas: areas.join(","), places: ticketCount(items) };
}

/** The part of the record that Lua never reads: "3@fans|5000|{...}", without "@fans" where no window is known. */
export function packRest({
  priceVersion,
  windowKey,
  totalMinor,
  items,
}: Pick<HoldPlan, "priceVersion" | "windowKey" | "totalMinor" | "items">): string {
  const window = typeof windowKey === "string" ? `@${WindowKey.parse(windowKey)}` : "";
  return `${priceVersion}${window}|${totalMinor}|${JSON.stringify(items)}`;
}

/** A claim known from Postgres alone: its places and whose it is, nothing about its price. */
export function packRebuiltClaim(claim: {
  accountId: string;
  seats: number[];
  areas: Map<number, number>;
}): string {
  const items: TicketItems = {
    seats: claim.seats.map((seatNo) => ({ seatNo, ticketType: "-" })),
    areas: [...claim.areas].map(([areaNo, quantity]) => ({ areaNo, quantity, ticketType: "-" })),
  };
  const { seats, areas, places } = packPlaces(items);
  const rest = packRest({ priceVersion: 0, totalMinor: 0, items });
  return ["c", claim.accountId, places, 0, 0, "", "", seats, areas, rest].join("|");
}

const RECORD =
  /^([ac])\|([^|]*)\|\d+\|(\d+)\|(\d*)\|[^|]*\|([^|]*)\|[^|]*\|[^|]*\|(\d+)(?:@([a-z0-9-]+))?\|(\d+)\|(.*)$/;

/** Stands for the fan of a rebuilt claim when the facts did not name one. */
const UNKNOWN_ACCOUNT = "00000000-0000-0000-0000-000000000000";

/** A record that does not parse is our bug, so nothing here is forgiving. */
export function unpackHold(at: { eventId: EventId; id: HoldId; expiresAtMs: number }, packed: string): Hold {
  const [, state, accountId, extensions, till, quoteHash, priceVersion, windowKey, totalMinor, items] = must(
    RECORD.exec(packed),
    `hold ${at.id} has an unreadable record`,
  );
  return {
    ...at,
    accountId: AccountId.parse(accountId === "" ? UNKNOWN_ACCOUNT : accountId),
    items: TicketItems.parse(JSON.parse(must(items, "record has items"))),
    priceVersion: Number(priceVersion),
    quoteHash: must(quoteHash, "record has a quote"),
    totalMinor: Number(totalMinor),
    windowKey: windowKey ?? null,
    payByMs: state === "a" && till ? Number(till) : null,
    extensionsLeft: Number(extensions),
    state: state === "c" ? "claimed" : "active",
  };
}
