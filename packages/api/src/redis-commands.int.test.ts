import { createHash, randomBytes, randomUUID } from "node:crypto";
import { fan } from "@onsale/core/actor/actor";
import type { Account } from "@onsale/core/actor/account";
import { insideCall } from "@onsale/core/actor/call";
import { CLIENT_HEADER, formatClientHeader, readClientSigns } from "@onsale/core/risk/client-signs";
import { HoldId } from "@onsale/core/shared/ids";
import * as lua from "@onsale/redis/generated/lua";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { processContext } from "./context.ts";
import { createCaller } from "./router.ts";
import { describeApp, key, seatItems } from "./testing/test-app.ts";

type Sent = { readonly name: string; inside: number };

const nameBySha = new Map(
  Object.entries(lua).map(([name, source]) => [createHash("sha1").update(source).digest("hex"), name]),
);

describeApp("commands to Redis", (app) => {
  /** As the page of a fan sends it, from a browser and an address of their own. */
  const asFan = (account: Account) =>
    createCaller({
      ...processContext(app().container),
      actor: fan(account),
      call: {
        ...insideCall(),
        address: `2001:db8:${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}::1`,
        session: randomUUID(),
        client: readClientSigns({
          "user-agent": "Mozilla/5.0 Chrome/142.0 Safari/537.36",
          "accept-language": "en",
          "sec-fetch-site": "same-origin",
          [CLIENT_HEADER]: formatClientHeader(randomBytes(16).toString("base64url"), false),
        }),
      },
      sessionId: null,
      foreignOrigin: false,
      counted: true,
      setHeader: () => undefined,
    });

  /** What this app sends to Redis while `work` is under way and `last` has not been seen: scripts by their names. */
  async function sentDuring<T>(work: () => Promise<T>, last: string): Promise<{ result: T; sent: Sent[] }> {
    const { redisUrl, redisKeyPrefix } = app().container.config;
    const monitor = await new Redis(redisUrl).monitor();
    const sent: Sent[] = [];
    let ofUs: Sent | null = null;
    monitor.on("monitor", (_time: string, args: string[], source: string) => {
      if (source === "lua") {
        if (ofUs) ofUs.inside += 1;
        return;
      }
      ofUs = args.some((arg) => arg.startsWith(redisKeyPrefix))
        ? { name: nameBySha.get(args[1] ?? "") ?? args[0] ?? "", inside: 0 }
        : null;
      // Whoever follows a shard reads it once for all fans.
      if (ofUs && ofUs.name !== "xread") sent.push(ofUs);
    });
    const result = await work();
    await expect.poll(() => sent.at(-1)?.name).toBe(last);
    monitor.disconnect();
    return { result, sent };
  }
  const inAll = (sent: readonly Sent[]) => sent.reduce((sum, { inside }) => sum + 1 + inside, 0);

  test("of a hold are five scripts with 22 commands in them: account, address and browser, the hold, and what came of it", async () => {
    const eventId = await app().openEvent();
    const hold = async (account: Account, seatNo: number) =>
      await asFan(account).hold.create({
        eventId,
        operationId: key(),
        items: seatItems(seatNo, seatNo + 1),
      });
    // The first of each script is sent with its text.
    await hold(await app().account(), 0);
    const account = await app().account();
    const { result, sent } = await sentDuring(() => hold(account, 2), "noteFact");
    expect(HoldId.safeParse(result.hold.id).success).toBe(true);
    expect(sent).toEqual([
      { name: "countCall", inside: 3 },
      { name: "countCall", inside: 3 },
      { name: "countCall", inside: 3 },
      { name: "acquireHold", inside: 10 },
      { name: "noteFact", inside: 3 },
    ]);
    expect(inAll(sent)).toBe(27);
  });

  test("of paying are four scripts in three round trips and one after the answer, besides what the worker does for all orders at once", async () => {
    const eventId = await app().openEvent();
    app().work();
    const holding = async (caller: ReturnType<typeof asFan>, seatNo: number) => {
      const items = seatItems(seatNo, seatNo + 1);
      const { hold, quote } = await caller.hold.create({ eventId, operationId: key(), items });
      const holdId = HoldId.parse(hold.id);
      return () =>
        caller.checkout.start({
          eventId,
          holdId,
          quoteHash: quote.hash,
          idempotencyKey: key(),
          method: "card_ok",
        });
    };
    await (
      await holding(asFan(await app().account()), 0)
    )();
    const pay = await holding(asFan(await app().account()), 2);
    const { result, sent } = await sentDuring(pay, "noteFact");
    expect(result.state).toBe("paid");
    const ofCheckout = new Set(["countCall", "findHold", "claimHold", "noteFact"]);
    const from = sent.findIndex(({ name }) => name === "countCall");
    // The browser's accounts were counted a moment ago, for the hold.
    expect(sent.slice(from).filter(({ name }) => ofCheckout.has(name))).toEqual([
      { name: "countCall", inside: 3 },
      { name: "countCall", inside: 3 },
      { name: "findHold", inside: 3 },
      { name: "claimHold", inside: 12 },
      { name: "noteFact", inside: 3 },
    ]);
  });
});
