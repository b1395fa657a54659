import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomBytes, randomUUID } from "node:crypto";
import { commitmentOf, drawOrder } from "@onsale/core/line/draw";
import { type LineId, type LineRecord, LineSettings } from "@onsale/core/line/line";
import type { Admission, JoinRequest, LineStore, WaveRow } from "@onsale/core/line/line-store";
import { merkleRootOf } from "@onsale/core/line/merkle";
import { must } from "@onsale/core/shared/assert";
import type { EventId } from "@onsale/core/shared/ids";
import type { WaveInputs } from "@onsale/core/line/wave";
import { newAccountId } from "./sale-fixture.ts";

export const lineSettings = (settings: Partial<LineSettings> = {}): LineSettings =>
  LineSettings.parse({ lobbyOpensAtMs: 1_000, drawsAtMs: 2_000, ...settings });

export async function newLine(
  store: LineStore,
  eventId: EventId,
  settings: Partial<LineSettings> = {},
): Promise<LineRecord> {
  const windowKey = `w-${randomBytes(6).toString("hex")}`;
  const line = await store.create(TESTER, { eventId, settings: lineSettings({ windowKey, ...settings }) });
  return must(line, "no line had this window");
}

export async function openLobby(store: LineStore, lineId: LineId): Promise<string> {
  const seed = randomBytes(32).toString("hex");
  await store.openLobby(TESTER, { lineId, seed, commitment: commitmentOf(seed) });
  return seed;
}

export const joinOf = (lineId: LineId, request: Partial<JoinRequest> = {}): JoinRequest => ({
  lineId,
  accountId: newAccountId(),
  entry: randomBytes(16).toString("hex"),
  person: randomUUID(),
  ...request,
});

export async function allDrawEntries(store: LineStore, lineId: LineId, limit = 20_000): Promise<string[]> {
  const all: string[] = [];
  for (let after: string | null = null; ; after = all.at(-1) ?? null) {
    const page = await store.drawEntries({ lineId, after, limit });
    for (const entry of page) all.push(entry);
    if (page.length < limit) return all;
  }
}

/** From the lobby to the open line; returns the entries in drawn order. */
export async function drawLine(store: LineStore, lineId: LineId): Promise<string[]> {
  await store.closeLobby(TESTER, { lineId });
  const entries = await allDrawEntries(store, lineId);
  await store.setEntriesRoot(TESTER, { lineId, entriesRoot: merkleRootOf(entries) });
  const seed = must(await store.seedForDraw(lineId), "the lobby was opened with a seed");
  const drawn = drawOrder({ seed, publicValue: null, entries });
  await store.numberEntries({ lineId, first: 1, entries: drawn });
  await store.finishDraw(TESTER, lineId);
  return drawn;
}

export const waveInputs = (inputs: Partial<WaveInputs> = {}): WaveInputs => ({
  state: "open",
  selling: true,
  cap: 100,
  inflowPerSecond: 50,
  pacePct: 100,
  active: 0,
  front: 0,
  ordersWaiting: 0,
  databaseMs: 1,
  providerMs: 0,
  free: 100,
  held: 0,
  ticketsPerPass: 2,
  ...inputs,
});

export function waveOf(
  lineId: LineId,
  admitted: readonly Admission[],
  wave: Partial<Omit<WaveRow, "numbers">> = {},
): Parameters<LineStore["recordWave"]>[0] {
  const count = admitted.length;
  return {
    lineId,
    admitted,
    wave: {
      seq: 1,
      atMs: 10_000,
      fence: 1,
      admitted: count,
      activeAfter: count,
      inputs: waveInputs(),
      reason: "inflow",
      ...wave,
    },
  };
}

/** A line that is open, with so many drawn fans; `fans[n]` has the number n + 1. */
export async function openLine(
  store: LineStore,
  eventId: EventId,
  { fans, settings = {} }: { fans: number; settings?: Partial<LineSettings> },
) {
  const { id: lineId } = await newLine(store, eventId, settings);
  await openLobby(store, lineId);
  const requests = Array.from({ length: fans }, () => joinOf(lineId));
  await store.joinMany(lineId, requests);
  const drawn = await drawLine(store, lineId);
  const byEntry = new Map(requests.map((request) => [request.entry, request]));
  const drawnFans = drawn.map((entry) => must(byEntry.get(entry), "only who joined is drawn"));
  const admission = (number: number, presentSinceMs = 9_000): Admission => ({
    accountId: must(drawnFans[number - 1], "there is such a fan").accountId,
    number,
    presentSinceMs,
  });
  return { lineId, fans: drawnFans, admission };
}
