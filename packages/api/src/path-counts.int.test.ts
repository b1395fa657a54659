import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { HoldView } from "@onsale/contract/hold";
import { fan } from "@onsale/core/actor/actor";
import { readClientSigns } from "@onsale/core/risk/client-signs";
import { must } from "@onsale/core/shared/assert";
import { expect, test } from "vitest";
import { processContext } from "./context.ts";
import { createCaller } from "./router.ts";
import { countCommands } from "./testing/count-commands.ts";
import { countsStatements, countStatements } from "./testing/count-statements.ts";
import { describeApp, key, seatItems } from "./testing/test-app.ts";

const PIECES = 100;
/** Each order is read by one round of the writer, which waits for it. */
const ROUND_MS = 10_000;
const PAGE = new URL("../../../docs/architecture.md", import.meta.url);

/** "| `hold.create` | 0 | 0 | 4 | 28 |" as the page has it. */
function onThePage(call: string): number[] {
  const line = readFileSync(PAGE, "utf8")
    .split("\n")
    .find((text) => text.startsWith(`| \`${call}\``));
  return must(line, `docs/architecture.md counts ${call}`).split("|").slice(2, 6).map(Number);
}

describeApp("what a purchase asks of Postgres and Redis", (app) => {
  /** Calls as a fan's browser at home makes them: with a session, a device and an address of its own. */
  async function browsing(address: string) {
    const name = () => randomBytes(16).toString("base64url");
    const client = readClientSigns({
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
      "accept-language": "en",
      "sec-fetch-site": "same-origin",
      "x-onsale-client": `d=${name()};w=0`,
    });
    return createCaller({
      ...processContext(app().container),
      actor: fan(await app().account()),
      call: { address, session: name(), client, pass: null, answer: null },
      sessionId: null,
      foreignOrigin: false,
      counted: true,
      setHeader: () => undefined,
    });
  }

  /** A hundred fans who have not asked yet, and one who went before, so that what is kept in memory is there. */
  async function oneAfterTheOther() {
    const { orderWriter } = app().container.services;
    const eventId = await app().openEvent({ rows: 21, seats: 10, standing: 0 });
    const fans: Awaited<ReturnType<typeof browsing>>[] = [];
    for (let n = 0; n <= PIECES; n++) fans.push(await browsing(`198.18.0.${n}`));
    const held: HoldView[] = [];
    const hold = async (n: number) => {
      const items = seatItems(2 * n, 2 * n + 1);
      held[n] = await must(fans[n], "a fan").hold.create({ eventId, operationId: key(), items });
    };
    const pay = async (n: number) => {
      const { hold: own, quote } = must(held[n], "a hold");
      const bought = { eventId, holdId: own.id, quoteHash: quote.hash };
      const request = { ...bought, idempotencyKey: key(), method: "card_ok" };
      const paying = must(fans[n], "a fan").checkout.start(request);
      await orderWriter.writeOrders([eventId], ROUND_MS);
      expect((await paying).state).toBe("paid");
      await orderWriter.settled();
    };
    await hold(PIECES);
    await pay(PIECES);
    const inTurn = (step: (n: number) => Promise<void>) => async () => {
      for (let n = 0; n < PIECES; n++) await step(n);
    };
    return { holds: inTurn(hold), checkouts: inTurn(pay) };
  }

  test("Redis is asked what docs/architecture.md says of a hold and of a checkout", async () => {
    const { redis, config } = app().container;
    const { holds, checkouts } = await oneAfterTheOther();
    const commands = async (work: () => Promise<void>) => {
      const { top, all } = await countCommands(redis.commands, {
        prefix: config.redisKeyPrefix,
        pieces: PIECES,
        work,
      });
      return [top, all];
    };
    expect.soft(await commands(holds)).toEqual(onThePage("hold.create").slice(2));
    expect.soft(await commands(checkouts)).toEqual(onThePage("checkout.start").slice(2));
  });

  test("Postgres is asked what docs/architecture.md says of a hold and of a checkout", async ({ skip }) => {
    if (!(await countsStatements(app().owner)))
      skip("this Postgres does not count statements: it needs shared_preload_libraries=pg_stat_statements");
    const { holds, checkouts } = await oneAfterTheOther();
    const statements = async (work: () => Promise<void>) => {
      const { top, all } = await countStatements(app().owner, { pieces: PIECES, work });
      return [top, all];
    };
    expect.soft(await statements(holds)).toEqual(onThePage("hold.create").slice(0, 2));
    expect.soft(await statements(checkouts)).toEqual(onThePage("checkout.start").slice(0, 2));
  });
});
