import { TESTER } from "@onsale/core/actor/testing/staff";
import { createHash, randomUUID } from "node:crypto";
import { draftOf, EventDraft, type SaleWindow } from "@onsale/core/event/event";
import type { AccountId, EventId } from "@onsale/core/shared/ids";
import { makePgAccessStore } from "../access/pg-access-store.ts";
import { makePgAccountStore } from "../account/pg-account-store.ts";
import type { Database } from "../client.ts";
import { makePgEventStore } from "../event/pg-event-store.ts";

export const hashOf = (code: string) => createHash("sha256").update(code).digest("hex");

/** A presale "fans" of an event that is open for an hour. */
export function presaleWindow(overrides: Partial<SaleWindow> = {}): SaleWindow {
  const nowMs = Date.now();
  return {
    kind: "presale",
    key: "fans",
    label: "Fan club",
    opensAtMs: nowMs - 60_000,
    closesAtMs: nowMs + 3_600_000,
    ...overrides,
  };
}

/** Gives the event these windows. */
export async function setWindows(
  database: Database,
  eventId: EventId,
  saleWindows: readonly SaleWindow[],
): Promise<void> {
  const events = makePgEventStore(database);
  const event = await events.findEvent(eventId);
  if (!event) throw new Error("the event is there");
  const draft = EventDraft.parse({ ...draftOf(event), saleWindows });
  await events.updateEvent(TESTER, eventId, { version: event.detailsVersion, draft });
}

export async function makeCodes(
  database: Database,
  eventId: EventId,
  {
    codes,
    ...batch
  }: { codes: readonly string[]; windowKey?: string; usesEach?: number; expiresAtMs?: number },
): Promise<string> {
  const batchId = randomUUID();
  await makePgAccessStore(database).createCodes(TESTER, {
    eventId,
    batchId,
    windowKey: "fans",
    usesEach: 1,
    label: "test",
    expiresAtMs: null,
    hashes: codes.map(hashOf),
    ...batch,
  });
  return batchId;
}

/** Many accounts at once; only their ids matter. */
export async function manyAccounts(database: Database, count: number): Promise<AccountId[]> {
  const emails = Array.from({ length: count }, () => `${randomUUID()}@fans.example`);
  const accounts = await makePgAccountStore(database).createMany(emails);
  return accounts.map((account) => account.id);
}

/** A presale with an allotment of 20, two codes, and one fan who came in by one of them. */
export async function openPresale(database: Database, eventId: EventId): Promise<AccountId> {
  await setWindows(database, eventId, [presaleWindow({ allotment: 20 })]);
  const codes = [`first ${eventId}`, `second ${eventId}`];
  await makeCodes(database, eventId, { codes, usesEach: 3 });
  const [accountId] = await manyAccounts(database, 1);
  if (!accountId) throw new Error("one was made");
  await makePgAccessStore(database).redeem({ eventId, accountId, hash: hashOf(codes[0] ?? "") });
  return accountId;
}
