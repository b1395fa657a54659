import type { FoundDrift } from "@onsale/core/reconcile/reconcile";
import { HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { driftWords } from "./drift-words.ts";

const holdId = HoldId.parse("0195e1a2-7c4b-7d10-8a00-000000000001");

test.each<[FoundDrift, RegExp]>([
  [{ kind: "epoch_missing", details: {} }, /lost the event's seats/],
  [{ kind: "sold_but_free", details: { seatNo: 7, shard: 0 } }, /^Seat 7 is sold, and free in Redis/],
  [{ kind: "sold_but_free", details: { seatNo: 7, shard: 250 } }, /no state there is \(250\)/],
  [{ kind: "sold_but_free", details: { seatNo: 7, shard: null } }, /missing in Redis/],
  [{ kind: "free_but_taken", details: { seatNo: 7 } }, /lost for sale/],
  [{ kind: "should_be_blocked", details: { seatNo: 7, shard: 0 } }, /^Seat 7 is blocked, and free in Redis/],
  [{ kind: "claim_lost", details: { seatNo: 7, shard: 1 } }, /awaits its payment, and held in Redis/],
  [{ kind: "claim_forgotten", details: { holdId, sold: false } }, /is over, .* lost for sale/],
  [{ kind: "claim_forgotten", details: { holdId, sold: true } }, /is paid/],
  [
    {
      kind: "area_counts",
      details: {
        areaNo: 2,
        right: { sold: 1, claimed: 3, held: 0 },
        shard: { sold: 1, claimed: 4, held: 1 },
      },
    },
    /^Standing area 2 has 1 place sold, 3 in checkout and 0 held, and Redis counts 1 .* 2 places are lost/,
  ],
  [{ kind: "lost_for_sale", details: { seatNo: 7, shard: 1 } }, /nobody's hold, and held in Redis/],
  [{ kind: "hold_overwritten", details: { seatNo: 7, shard: 0, holdId } }, /is in hold .* and free in Redis/],
  [
    { kind: "should_be_blocked", details: { seatNo: 7, shard: 3 } },
    /^Seat 7 is blocked, and sold in Redis\.$/,
  ],
  [{ kind: "entries_set_aside", details: { entries: 1 } }, /^1 order could not be read .* its fan/],
  [{ kind: "orders_stranded", details: { waiting: 1 } }, /^1 order of an event that is over waits/],
])("%j is told with what it means and what to do", (found, what) => {
  const told = driftWords(found);
  expect(told.what).toMatch(what);
  expect(told.todo).toMatch(/`ticketctl (reconcile( --fix)?|doctor)`/);
});
