import { randomUUID } from "node:crypto";
import type { EventId } from "@onsale/core/shared/ids";
import { HoldId } from "@onsale/core/shared/ids";
import { must } from "@onsale/core/shared/assert";
import {
  plainWishes,
  WaitlistEntryId,
  WaitlistOfferId,
  WaitlistWishes,
  wishesKeyOf,
} from "@onsale/core/waitlist/waitlist";
import { makePgAccountStore } from "../account/pg-account-store.ts";
import type { Database } from "../client.ts";
import { makePgWaitlistStore } from "../waitlist/pg-waitlist-store.ts";

/** Two fans who wait for one seat; the first is offered `seatNo`. */
export async function openWaitlist(database: Database, eventId: EventId, seatNo: number): Promise<void> {
  const store = makePgWaitlistStore(database);
  const emails = [1, 2].map(() => `${randomUUID()}@fans.example`);
  const accounts = await makePgAccountStore(database).createMany(emails);
  const wishes = plainWishes(WaitlistWishes.parse({ quantity: 1, ticketType: "adult" }));
  const wishesKey = wishesKeyOf(wishes);
  for (const { id: accountId } of accounts) {
    const id = WaitlistEntryId.parse(randomUUID());
    await store.join({ id, eventId, accountId, lineNumber: null, wishes, wishesKey });
  }
  const [entry] = await store.nextWaiting({ eventId, maxPerFan: 6, keys: [wishesKey], limit: 1 });
  const id = WaitlistOfferId.parse(randomUUID());
  await store.offer({
    id,
    entry: must(entry, "somebody waits"),
    holdId: HoldId.parse(randomUUID()),
    items: { seats: [{ seatNo, ticketType: "adult" }], areas: [] },
    ttlMs: 600_000,
  });
  await store.confirm(id, Date.now() + 600_000);
}
