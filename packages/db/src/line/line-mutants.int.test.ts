import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { must } from "@onsale/core/shared/assert";
import { brokenConstraint, type Constraint } from "../pg-errors.ts";
import { makePgInvariantStore } from "../reconcile/pg-invariant-store.ts";
import { allDrawEntries, joinOf, newLine, openLine, openLobby, waveOf } from "../testing/line-fixture.ts";
import { openSale } from "../testing/sale-fixture.ts";
import { makeTestDatabase, type TestDatabase, testServerUrl } from "../testing/template-db.ts";
import { withTx } from "../with-tx.ts";
import { makePgLineStore } from "./pg-line-store.ts";

/**
 * Negative controls: each wrong is refused by exactly one constraint, and goes through when that one is gone. So a green
 * race test says something about the constraint, and a migration that loses it turns this file red.
 */
type Mutant = { name: string; constraint: Constraint; drop: string; wrong: string };

const COPY_ENTRY = (columns: string) =>
  `insert into line_entry (line_no, account_id, entry, person, number) select line_no, ${columns} from line_entry where number = 1`;
const COPY_PASS = (number: string) => `
  insert into line_pass (line_no, number, account_id, wave, present_since, admitted_at)
  select line_no, ${number}, account_id, wave, present_since, admitted_at from line_pass where number = 1`;

const SETTINGS = `event_id, window_key, lobby_opens_at, draws_at, one_per, require_verified_email, cap, inflow_per_second,
  pace_pct, pass_ttl_ms, pass_max_ms, grace_ms, notice`;

const MUTANTS: Mutant[] = [
  {
    name: "two places of one account",
    constraint: "line_account_once",
    drop: "alter table line_entry drop constraint line_account_once",
    wrong: COPY_ENTRY("account_id, gen_random_uuid(), null, 9"),
  },
  {
    name: "two places of one person",
    constraint: "line_person_once",
    drop: "drop index line_person_once",
    wrong: COPY_ENTRY("gen_random_uuid(), gen_random_uuid(), person, 9"),
  },
  {
    name: "one entry for two fans",
    constraint: "line_entry_once",
    drop: "alter table line_entry drop constraint line_entry_once",
    wrong: COPY_ENTRY("gen_random_uuid(), entry, null, 9"),
  },
  {
    name: "one number for two fans",
    constraint: "line_number_once",
    drop: "drop index line_number_once",
    wrong: COPY_ENTRY("gen_random_uuid(), gen_random_uuid(), null, number"),
  },
  {
    name: "a number that is let in twice",
    constraint: "line_pass_once",
    drop: "alter table line_pass drop constraint line_pass_once; drop index line_pass_open_once",
    wrong: COPY_PASS("number"),
  },
  {
    name: "two open passes of one fan",
    constraint: "line_pass_open_once",
    drop: "drop index line_pass_open_once",
    wrong: COPY_PASS("9"),
  },
  {
    name: "more time without end",
    constraint: "line_more_time_max",
    drop: "alter table line_pass drop constraint line_more_time_max",
    wrong: "update line_pass set extensions = 11",
  },
  {
    name: "two waves under one number",
    constraint: "line_wave_once",
    drop: "alter table line_wave drop constraint line_wave_once",
    wrong: "insert into line_wave select * from line_wave",
  },
  {
    name: "a wave above the cap",
    constraint: "line_wave_within_cap",
    drop: "alter table line_wave drop constraint line_wave_within_cap",
    wrong: `insert into line_wave select line_no, 2, at, fence, admitted, 101, inputs, reason, numbers from line_wave`,
  },
  {
    name: "a wave above the inflow",
    constraint: "line_wave_within_inflow",
    drop: "alter table line_wave drop constraint line_wave_within_inflow",
    wrong: `insert into line_wave select line_no, 2, at, fence, admitted, 0, inputs || '{"inflowPerSecond": 0}', reason, numbers
      from line_wave`,
  },
  {
    name: "a wave that is rewritten",
    constraint: "line_wave_append_only",
    drop: "drop trigger line_wave_append_only on line_wave",
    wrong: "update line_wave set reason = 'nobody knows'",
  },
  {
    name: "two lines for one window",
    constraint: "line_window_once",
    drop: "alter table line drop constraint line_window_once",
    wrong: `insert into line (${SETTINGS}) select ${SETTINGS} from line limit 1`,
  },
  {
    name: "a line that goes back to its lobby",
    constraint: "line_moves",
    drop: "drop trigger line_moves on line",
    wrong: "update line set state = 'lobby' where state = 'open'",
  },
  {
    name: "a seed that is shown before the root",
    constraint: "line_drawn_in_public",
    drop: "alter table line drop constraint line_drawn_in_public",
    wrong: `update line set seed = s.seed, drawn = 0 from line_seed s where s.line_no = line.line_no and state = 'lobby'`,
  },
  {
    name: "a seed that was not committed to",
    constraint: "line_seed_as_committed",
    drop: "alter table line drop constraint line_seed_as_committed",
    wrong: `update line set seed = repeat('0', 64), drawn = 0, entries_root = repeat('0', 64) where state = 'lobby'`,
  },
];

const missing = testServerUrl() === null;

/** An open line of three with one pass, and a lobby. */
async function twoLines(database: TestDatabase) {
  const store = makePgLineStore(database);
  const eventId = await openSale(database);
  const { lineId, admission } = await openLine(store, eventId, { fans: 3, settings: { onePer: "address" } });
  await store.recordWave(waveOf(lineId, [admission(1)]));
  const lobby = await newLine(store, eventId);
  await openLobby(store, lobby.id);
  return { store, eventId, lineId, lobbyId: lobby.id, admission };
}

/** Puts a mutant in the place of a function. */
async function mutate(
  { owner: { sql } }: TestDatabase,
  name: string,
  { part, by }: { part: RegExp; by: string },
): Promise<void> {
  const [source] = await sql<{ text: string }[]>`
    select pg_get_functiondef(oid) as text from pg_proc where proname = ${name}`;
  const text = must(source?.text, `there is a function ${name}`);
  expect(text).toMatch(part);
  await sql.unsafe(text.replace(part, by));
}

describe.skipIf(missing)("a line without its constraint", () => {
  const attempt = (database: TestDatabase, wrong: string): Promise<Constraint | null | "done"> =>
    withTx(database.owner, async (tx) => {
      await tx.unsafe(wrong);
      return "done" as const;
    }).catch(brokenConstraint);

  it.each(MUTANTS)("$name: refused by $constraint, possible without", async ({ constraint, drop, wrong }) => {
    await using database = await makeTestDatabase({ poolMax: 2 });
    await twoLines(database);
    expect(await attempt(database, wrong)).toBe(constraint);
    await database.owner.sql.unsafe(drop);
    expect(await attempt(database, wrong)).toBe("done");
  });

  it("a join slips in after the draw was closed when it does not wait for the close", async () => {
    await using database = await makeTestDatabase();
    const { store, lobbyId: lineId } = await twoLines(database);
    await mutate(database, "insert_entries", {
      part: /PERFORM pg_advisory_xact_lock_shared[^;]*;/,
      by: "NULL;",
    });
    const late = joinOf(lineId);
    await withTx(database, async (tx) => {
      await tx`select join_line(${JSON.stringify([late])}::text::jsonb)`;
      await store.closeLobby(TESTER, { lineId });
    });
    expect((await store.find(lineId))?.drawn).toBe(0);
    expect(await allDrawEntries(store, lineId)).toEqual([late.entry]);
  });

  it("numbers are given twice when they are not counted under the row's lock", async () => {
    await using database = await makeTestDatabase();
    const { store, lineId } = await twoLines(database);
    await mutate(database, "insert_entries", { part: /ORDER BY line_no FOR NO KEY UPDATE/, by: "" });
    await database.owner.sql.unsafe("drop index line_number_once");
    const stores = Array.from({ length: 10 }, () => makePgLineStore(database));
    for (let rounds = 0; rounds < 20; rounds += 1)
      await Promise.all(stores.map((own) => own.join(joinOf(lineId, { person: randomUUID() }))));
    const checks = await makePgInvariantStore(database).checkInvariants(null);
    expect(checks.find((check) => check.id === "I12")?.rows).toContainEqual(
      expect.objectContaining({ wrong: "given_twice" }),
    );
    expect(await store.find(lineId)).not.toBeNull();
  });

  it("a controller that was replaced writes waves when its fence is not looked at", async () => {
    await using database = await makeTestDatabase();
    const { store, lineId, admission } = await twoLines(database);
    for (const holder of ["old", "new"]) {
      await store.takeLease({ holder, leaseMs: 60_000 });
      await database.sql`update line_controller set until = clock_timestamp() - interval '1 second'`;
    }
    const late = waveOf(lineId, [admission(2)], { seq: 2, atMs: 11_000, fence: 1 });
    expect(await store.recordWave(late)).toEqual({ kind: "fenced" });
    await mutate(database, "record_wave", {
      part: /IF \(v_wave ->> 'fence'\)::bigint < v_fence/,
      by: "IF false",
    });
    expect(await store.recordWave(late)).toEqual({ kind: "recorded" });
  });
});
