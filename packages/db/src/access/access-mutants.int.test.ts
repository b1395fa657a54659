import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { brokenConstraint, type Constraint } from "../pg-errors.ts";
import { makePgOrderStore } from "../order/pg-order-store.ts";
import {
  hashOf,
  makeCodes,
  manyAccounts,
  openPresale,
  presaleWindow,
  setWindows,
} from "../testing/presale-fixture.ts";
import { openSale, orderDraft } from "../testing/sale-fixture.ts";
import { makeTestDatabase, type TestDatabase, testServerUrl } from "../testing/template-db.ts";
import { withTx } from "../with-tx.ts";
import { makePgAccessStore } from "./pg-access-store.ts";

/** Negative controls, as in order/mutants.int.test.ts: refused by exactly one constraint, possible when that one is gone. */
const MUTANTS: { name: string; constraint: Constraint; drop: string; wrong: string }[] = [
  {
    name: "a code used more often than it may be",
    constraint: "access_code_within_uses",
    drop: "alter table access_code drop constraint access_code_within_uses",
    wrong: "update access_code set uses = max_uses + 1 where event_id = $1",
  },
  {
    name: "two grants of one account for one presale",
    constraint: "access_grant_once",
    drop: "alter table access_grant drop constraint access_grant_once",
    wrong: `insert into access_grant (event_id, account_id, window_key)
      select event_id, account_id, window_key from access_grant where event_id = $1`,
  },
  {
    name: "more places sold in a presale than its allotment",
    constraint: "window_allotment_within",
    drop: "alter table window_allotment drop constraint window_allotment_within",
    wrong: "update window_allotment set taken = allotment + 1 where event_id = $1",
  },
  {
    name: "an order that moves to another presale",
    constraint: "order_unchanged",
    drop: "drop trigger order_moves on orders",
    wrong: "update orders set window_key = 'sponsors' where event_id = $1",
  },
];

describe.skipIf(testServerUrl() === null)("without its constraint", () => {
  it.each(MUTANTS)("$name: refused by $constraint, possible without", async ({ constraint, drop, wrong }) => {
    await using database = await makeTestDatabase({ poolMax: 2 });
    const eventId = await openSale(database, { seats: 5 });
    await openPresale(database, eventId);
    await makePgOrderStore(database).commitOrders([
      orderDraft(eventId, { seats: [0] }, { windowKey: "fans" }),
    ]);
    const attempt = () =>
      withTx(database.owner, async (tx) => {
        await tx.unsafe(wrong, [eventId]);
        return "done" as const;
      }).catch(brokenConstraint);
    expect(await attempt()).toBe(constraint);
    await database.owner.sql.unsafe(drop);
    expect(await attempt()).toBe("done");
  });

  /** The function as it stands, with one thing taken out. */
  async function without(
    database: TestDatabase,
    name: string,
    [guard, instead]: [RegExp, string],
  ): Promise<void> {
    const [source] = await database.sql<{ text: string }[]>`
      select pg_get_functiondef(oid) as text from pg_proc where proname = ${name}`;
    expect(source?.text).toMatch(guard);
    await database.owner.sql.unsafe((source?.text ?? "").replace(guard, instead));
  }

  it("a race for a code that does not look at its uses still ends at the CHECK", async () => {
    await using database = await makeTestDatabase();
    await without(database, "redeem_access", [/ OR c\.uses >= c\.max_uses/, ""]);
    const eventId = await openSale(database);
    const code = randomUUID();
    await makeCodes(database, eventId, { codes: [code], usesEach: 5 });
    const fans = await manyAccounts(database, 40);
    const race = () =>
      Promise.all(
        fans.map((accountId) =>
          makePgAccessStore(database).redeem({ eventId, accountId, hash: hashOf(code) }),
        ),
      );
    expect((await race()).filter(({ kind }) => kind === "granted")).toHaveLength(5);
    await database.owner.sql.unsafe("alter table access_code drop constraint access_code_within_uses");
    expect((await race()).filter(({ kind }) => kind === "granted")).toHaveLength(40);
  });

  it("claims that do not look at the allotment still end at the CHECK", async () => {
    await using database = await makeTestDatabase();
    await without(database, "commit_orders", [/v_lost := without_room\(v_try\);/, "v_lost := NULL;"]);
    const eventId = await openSale(database, { seats: 20 });
    await setWindows(database, eventId, [presaleWindow({ allotment: 5 })]);
    const orders = makePgOrderStore(database);
    const race = async (from: number) =>
      (
        await Promise.allSettled(
          Array.from({ length: 10 }, (_, n) =>
            orders.commitOrders([orderDraft(eventId, { seats: [from + n] }, { windowKey: "fans" })]),
          ),
        )
      ).filter(({ status }) => status === "fulfilled");
    expect(await race(0)).toHaveLength(5);
    await database.owner.sql.unsafe("alter table window_allotment drop constraint window_allotment_within");
    expect(await race(10)).toHaveLength(10);
  });
});
