import { randomBytes } from "node:crypto";
import { getTableColumns } from "drizzle-orm";
import type { OrderDraft } from "@onsale/core/order/order-draft";
import { paymentKey } from "@onsale/core/payment/payment-key";
import { assert } from "@onsale/core/shared/assert";
import { orders } from "../schema/tables.ts";

/** Crockford's alphabet: nothing that is misheard or misread on the phone. */
const REFERENCE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 40 random bits as "K7QF-2M9P". The unique constraint finds the rare repetition and the draft gets another one. */
export function newReference(): string {
  const letters = Array.from(randomBytes(8), (byte) => REFERENCE_ALPHABET[byte & 31]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

export type NumberedDraft = { readonly ord: number; readonly draft: OrderDraft };

/**
 * Drafts as commit_orders takes them. A draft that wants what an earlier one of the batch wants is `contested`: a
 * set-based statement cannot give the same seat, fan or key to two rows, so it only asks whether the answer is known.
 */
export function draftRows(drafts: readonly NumberedDraft[]): Record<string, unknown>[] {
  const wanted = new Set<string>();
  return drafts.map(({ ord, draft }) => {
    const row = draftRow(draft);
    const wants = [
      `order ${draft.orderId}`,
      `hold ${draft.holdId}`,
      `key ${draft.accountId} ${draft.idempotencyKey}`,
      `fan ${draft.eventId} ${draft.accountId}`,
      ...row.seat_nos.map((seatNo) => `seat ${draft.eventId} ${seatNo}`),
    ];
    const contested = wants.some((want) => wanted.has(want));
    // Also what a contested draft wants is spoken for, so that drafts are decided in the order they came.
    for (const want of wants) wanted.add(want);
    return { ord, contested, ...row };
  });
}

function draftRow(draft: OrderDraft) {
  const items = draft.items.toSorted((a, b) => a.index - b.index);
  items.forEach((item, position) => {
    assert(item.index === position, `item ${item.index} of order ${draft.orderId} stands at ${position}`);
    assert((item.seatNo === null) !== (item.areaNo === null), `an item is a seat or a place in an area`);
  });
  const seatNos = items.flatMap((item) => (item.seatNo === null ? [] : [item.seatNo])).sort((a, b) => a - b);
  assert(new Set(seatNos).size === seatNos.length, `order ${draft.orderId} wants a seat twice`);
  const areas = Object.entries(Object.groupBy(items, (item) => item.areaNo ?? -1))
    .map(([areaNo, group]) => ({ areaNo: Number(areaNo), places: group?.length ?? 0 }))
    .filter(({ areaNo }) => areaNo >= 0)
    .sort((a, b) => a.areaNo - b.areaNo);
  return {
    ...kept(draft),
    id: draft.orderId,
    reference: newReference(),
    items,
    item_count: items.length,
    seat_nos: seatNos,
    area_nos: areas.map((area) => area.areaNo),
    area_counts: areas.map((area) => area.places),
    max_per_fan: draft.maxPerFan,
    pay_within_ms: draft.payWithinMs,
    payment:
      draft.totalMinor > 0
        ? { provider: draft.provider, key: paymentKey(draft.orderId, 1), method: draft.method }
        : null,
  };
}

/** What an order does not keep under the same name. Every other field of a draft is a column of orders, or nothing compiles. */
const OTHERWISE = [
  "orderId",
  "ticketItems",
  "items",
  "maxPerFan",
  "payWithinMs",
  "provider",
  "method",
  "askedAtMs",
  "replyTo",
] as const;
type Kept = Exclude<keyof OrderDraft, (typeof OTHERWISE)[number]>;

const COLUMNS = getTableColumns(orders);

function kept(draft: OrderDraft): Record<string, unknown> {
  const names = (Object.keys(draft) as (keyof OrderDraft)[]).filter(
    (name): name is Kept => !(OTHERWISE as readonly string[]).includes(name),
  );
  return Object.fromEntries(names.map((name) => [COLUMNS[name].name, draft[name]]));
}
