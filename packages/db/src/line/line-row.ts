import type { LineRecord } from "@onsale/core/line/line";
import type { lines } from "../schema/tables.ts";

export function lineOf(row: typeof lines.$inferSelect): LineRecord {
  return {
    // Both columns are uuids that the database checked.
    id: row.id as LineRecord["id"],
    eventId: row.eventId as LineRecord["eventId"],
    windowKey: row.windowKey,
    state: row.state,
    lobbyOpensAtMs: row.lobbyOpensAt.getTime(),
    drawsAtMs: row.drawsAt.getTime(),
    onePer: row.onePer,
    requireVerifiedEmail: row.requireVerifiedEmail,
    publicValueSource: row.publicValueSource,
    cap: row.cap,
    inflowPerSecond: row.inflowPerSecond,
    pacePct: row.pacePct,
    passTtlMs: row.passTtlMs,
    passMaxMs: row.passMaxMs,
    graceMs: row.graceMs,
    notice: row.notice,
    commitment: row.commitment,
    entriesRoot: row.entriesRoot,
    seed: row.seed,
    publicValue: row.publicValue,
    drawn: row.drawn,
    lastNumber: row.lastNumber,
    openedAtMs: row.openedAt?.getTime() ?? null,
    finishedAtMs: row.finishedAt?.getTime() ?? null,
    settingsVersion: row.settingsVersion,
  };
}
