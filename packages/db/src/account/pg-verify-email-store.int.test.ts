import { randomUUID } from "node:crypto";
import { must } from "@onsale/core/shared/assert";
import { AccountId } from "@onsale/core/shared/ids";
import { expect, it } from "vitest";
import { makePgAccountStore } from "./pg-account-store.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgVerifyEmailStore } from "./pg-verify-email-store.ts";

describeWithDatabase("codes that confirm an address", (database) => {
  const store = () => makePgVerifyEmailStore(database());
  const accounts = () => makePgAccountStore(database());
  const fan = async () =>
    must(
      await accounts().create({
        email: `${randomUUID()}@fans.example`,
        name: "Ada",
        passwordHash: null,
        role: "fan",
      }),
      "a random address is free",
    ).id;
  const start = (
    accountId: AccountId,
    more: { ttlMs?: number; pauseMs?: number; sendsPerDay?: number } = {},
  ) => store().start({ accountId, nonce: randomUUID(), ttlMs: 60_000, pauseMs: 0, sendsPerDay: 10, ...more });

  it("a started code has its mail in the outbox, in the same transaction", async () => {
    const accountId = await fan();
    expect(await start(accountId)).toEqual({ kind: "sent" });
    const jobs = await database().sql<{ payload: { nonce: string } }[]>`
      select payload from job where kind = 'mail.verify_email' and payload ->> 'accountId' = ${accountId}`;
    expect(jobs).toHaveLength(1);
    expect((await store().takeTry(accountId))?.nonce).toBe(jobs[0]?.payload.nonce);
  });

  it("a hundred guesses at once are five", async () => {
    const accountId = await fan();
    await start(accountId);
    const tries = await Promise.all(Array.from({ length: 100 }, () => store().takeTry(accountId)));
    expect(tries.filter((live) => live !== null)).toHaveLength(5);
    expect(await store().takeTry(accountId)).toBeNull();
  });

  it("a code that ran out takes no try", async () => {
    const accountId = await fan();
    await start(accountId, { ttlMs: -1 });
    expect(await store().takeTry(accountId)).toBeNull();
  });

  it("two mails are apart by the pause, whoever asks at the same time, and a day has a number of them", async () => {
    const accountId = await fan();
    const kinds = await Promise.all(
      Array.from({ length: 8 }, async () => (await start(accountId, { pauseMs: 30_000 })).kind),
    );
    expect(kinds.filter((kind) => kind === "sent")).toHaveLength(1);
    const again = await start(accountId, { pauseMs: 30_000 });
    expect(again.kind === "too_soon" && again.retryInMs > 20_000 && again.retryInMs <= 30_000).toBe(true);
    for (let sends = 1; sends < 3; sends++)
      expect(await start(accountId, { sendsPerDay: 3 })).toEqual({ kind: "sent" });
    const spent = await start(accountId, { sendsPerDay: 3 });
    expect(spent.kind === "too_soon" && spent.retryInMs > 23 * 3_600_000).toBe(true);
  });

  it("only the live code confirms, and a confirmed account stays so", async () => {
    const accountId = await fan();
    await start(accountId);
    const first = must(await store().takeTry(accountId), "a code is live");
    await start(accountId);
    const second = must(await store().takeTry(accountId), "a code is live");
    expect(await store().verify(accountId, first.nonce)).toBe(false);
    expect((await accounts().findById(accountId))?.emailVerified).toBe(false);
    expect(await store().verify(accountId, second.nonce)).toBe(true);
    expect((await accounts().findById(accountId))?.emailVerified).toBe(true);
    expect((await accounts().findMany([accountId]))[0]?.emailVerified).toBe(true);
    expect(await store().verify(accountId, second.nonce)).toBe(true);
    expect(await start(accountId)).toEqual({ kind: "verified" });
  });

  it("staff confirm without a code; who is not there cannot be", async () => {
    const accountId = await fan();
    expect(await store().verify(accountId, null)).toBe(true);
    const nobody = AccountId.parse(randomUUID());
    expect(await store().verify(nobody, null)).toBe(false);
    expect(await start(nobody)).toEqual({ kind: "not_found" });
  });
});
