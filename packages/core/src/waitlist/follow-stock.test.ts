import { expect, test } from "vitest";
import type { Staff } from "../actor/actor.ts";
import type { EventState } from "../event/event.ts";
import type { EventSummary } from "../event/event-store.ts";
import { SEAT_STATE } from "../inventory/inventory.ts";
import { EventId } from "../shared/ids.ts";
import { type FollowStockDeps, makeFollowStock } from "./follow-stock.ts";

const eventId = EventId.parse("00000000-0000-4000-8000-000000000001");
const { free, held, sold, blocked } = SEAT_STATE;

/** Where an event of this state goes, with these seats and this waitlist; null: nowhere. */
async function moveOf(
  state: EventState,
  seats: number[],
  { waits = false } = {},
): Promise<EventState | null> {
  let moved: EventState | null = null;
  const follow = makeFollowStock({
    catalog: { event: () => Promise.resolve({ state } as EventSummary) },
    stock: { stockOf: () => Promise.resolve({ seats: Uint8Array.from(seats), areas: [] }) },
    waitlist: { wants: () => Promise.resolve(waits), hasWaiting: () => Promise.resolve(waits) },
    events: {
      move: (_actor: Staff, { to }: { to: EventState }) => {
        moved = to;
        return Promise.resolve({ state: to });
      },
    } as unknown as FollowStockDeps["events"],
  });
  await follow(eventId);
  return moved;
}

test("an event is sold out when every place is sold or kept back, and not while one is in a selection", async () => {
  expect(await moveOf("on_sale", [sold, blocked])).toBe("sold_out");
  expect(await moveOf("on_sale", [sold, held])).toBeNull();
  expect(await moveOf("on_sale", [sold, free])).toBeNull();
});

test("while somebody waits, what is let go is theirs before it is everybody's", async () => {
  expect(await moveOf("on_sale", [sold, held], { waits: true })).toBe("sold_out");
  expect(await moveOf("on_sale", [sold, free], { waits: true })).toBeNull();
  expect(await moveOf("sold_out", [sold, free], { waits: true })).toBeNull();
  expect(await moveOf("sold_out", [sold, free])).toBe("on_sale");
});

test("an event that is not on sale is left as it is", async () => {
  for (const state of ["draft", "published", "paused", "ended", "cancelled"] as const)
    expect(await moveOf(state, [sold])).toBeNull();
});
