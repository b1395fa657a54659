import type { Mail } from "@onsale/core/mail/mailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeRedisHarness } from "../testing/harness.ts";
import { NO_REDIS } from "../testing/redis.ts";
import { makeRedisMailbox } from "./redis-mailbox.ts";

const mail = (n: number): Mail => ({
  to: `fan${n}@onsale.example`,
  subject: "Your tickets",
  text: "Hello\n",
  messageId: `order-paid-${n}`,
});

describe.skipIf(NO_REDIS)("the mailbox of a machine without a mail server (needs TEST_REDIS_URL)", () => {
  let harness: ReturnType<typeof makeRedisHarness>;
  beforeAll(() => {
    harness = makeRedisHarness();
  });
  afterAll(() => harness.close());

  test("keeps every mail of a batch, the newest first, and of very many the latest", async () => {
    const { carrier, list } = makeRedisMailbox(harness.clients.commands, { prefix: harness.prefix });
    const carry = (from: number, count: number) =>
      Promise.all(Array.from({ length: count }, (_, n) => carrier.carry(mail(from + n))));
    await carry(0, 50);
    await carry(50, 50);
    expect((await list()).map(({ messageId }) => messageId)).toEqual(
      Array.from({ length: 100 }, (_, n) => mail(99 - n).messageId),
    );
    await carry(99, 1);
    expect(await list()).toHaveLength(100);
    await carry(100, 500);
    expect((await list()).at(0)).toEqual(mail(599));
    expect((await list()).length).toBe(200);
  });
});
