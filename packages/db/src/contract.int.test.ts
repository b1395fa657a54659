import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { applicationName, makeDatabase } from "./client.ts";
import { CONTRACT, SQL_OBJECTS } from "./generated/functions.ts";
import { isOutage, OTHER_VERSION, postgresError } from "./pg-errors.ts";
import { makePgOrderStore } from "./order/pg-order-store.ts";
import { openSale, orderDraft } from "./testing/sale-fixture.ts";
import { describeWithDatabase } from "./testing/template-db.ts";
import { withTx } from "./with-tx.ts";

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "done",
    (error: unknown) => error,
  );

describeWithDatabase("a process of another version than the functions", (database) => {
  it.each([
    ["an older one", `onsale-web contract=${CONTRACT - 1}`, `contract ${CONTRACT - 1} and ${CONTRACT}`],
    ["a newer one", `onsale-web contract=${CONTRACT + 1}`, `contract ${CONTRACT + 1} and ${CONTRACT}`],
    ["one with a longer number", `onsale-web contract=${CONTRACT}0`, `contract ${CONTRACT}0 and ${CONTRACT}`],
    ["one without a number", "onsale-web", `contract none and ${CONTRACT}`],
  ])("%s is refused in words, writes nothing, and is told that it may come back", async (_, name, words) => {
    const eventId = await openSale(database(), { seats: 2 });
    const sql = postgres(database().url, {
      max: 1,
      onnotice: () => undefined,
      connection: { application_name: name },
    });
    const draft = orderDraft(eventId, { seats: [0] });
    const old = { ...database(), sql };
    for (const work of [
      () => makePgOrderStore(old).commitOrders([draft]),
      () => withTx(old, async (tx) => await tx`delete from seat_claim where event_id = ${eventId}`),
      () => sql`select open_session('{}')`,
      () => sql`select take_sign_up_try(${draft.orderId})`,
    ]) {
      const error = await failure(Promise.resolve(work()));
      expect(postgresError(error)).toMatchObject({
        code: OTHER_VERSION,
        message: expect.stringContaining(words),
        hint: expect.stringContaining("restart every process"),
      });
      expect(isOutage(error)).toBe(true);
    }
    await sql.end();
    expect(await makePgOrderStore(database()).find(draft.orderId)).toBeNull();
  });

  it("one of the same version is served, whatever it is called and whatever a pooler adds to its name", async () => {
    for (const name of [
      applicationName("x".repeat(80)),
      `${applicationName("onsale-web")} - 10.0.0.7:5432`,
    ]) {
      const sql = postgres(database().url, { max: 1, connection: { application_name: name } });
      const [row] = await sql`select guard_tx() is null or true as served`;
      expect(row).toEqual({ served: true });
      await sql.end();
    }
    expect(applicationName("x".repeat(80))).toHaveLength(63);
  });

  it("no statement more is sent for it: the number comes with the connection", async () => {
    const own = makeDatabase(database().url, { poolMax: 1, applicationName: "onsale-web" });
    const [row] = await own.sql`select current_setting('application_name') as name`;
    expect(row).toEqual({ name: `onsale-web contract=${CONTRACT}` });
    await own.close();
  });
});

describe("functions that write", () => {
  /** Parts of others, which have opened the guard. */
  const PARTS = [
    "audit_append",
    "commit_seats",
    "confirm_paid",
    "line_settings_changed",
    "password_was_set",
    "record_payments",
    "without_room",
  ];

  it("open the guard themselves, so that each of them refuses another version", () => {
    const writers = SQL_OBJECTS.filter(
      ({ name, signature, sql }) =>
        name.startsWith("FUNCTION ") &&
        !signature.endsWith(" RETURNS trigger") &&
        /\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+(?!OF\b|SKIP\b)\w/.test(
          sql.replaceAll(/FOR (?:NO KEY )?UPDATE/g, ""),
        ),
    );
    expect(writers.length).toBeGreaterThan(40);
    const open = writers.filter(({ sql }) => !/\b(?:PERFORM|SELECT) guard_tx\(\)/.test(sql));
    expect(open.map(({ name }) => name.slice("FUNCTION ".length)).sort()).toEqual(PARTS);
  });
});
