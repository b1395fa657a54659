import { TESTER } from "@onsale/core/actor/testing/staff";
import { must } from "@onsale/core/shared/assert";
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AccountId, EventId } from "@onsale/core/shared/ids";
import { makePgAccountStore } from "../account/pg-account-store.ts";
import { hashOf, makeCodes, manyAccounts } from "../testing/presale-fixture.ts";
import { openSale } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgAccessStore } from "./pg-access-store.ts";

describeWithDatabase("access to presales", (database) => {
  const store = () => makePgAccessStore(database());
  const fresh = () => randomUUID();
  const redeem = (eventId: EventId, accountId: AccountId, code: string) =>
    store().redeem({ eventId, accountId, hash: hashOf(code) });
  const grants = (eventId: EventId, accountId: AccountId) =>
    store().grantsOf({ eventId, accountId, byList: true });

  it("two accounts race for a code of one use: one has it, twenty times", async () => {
    const eventId = await openSale(database());
    for (let round = 0; round < 20; round++) {
      const code = fresh();
      await makeCodes(database(), eventId, { codes: [code] });
      const fans = await manyAccounts(database(), 2);
      const results = await Promise.all(fans.map((fan) => redeem(eventId, fan, code)));
      expect(results.map(({ kind }) => kind).sort()).toEqual(["granted", "refused"]);
    }
  });

  it("200 accounts race for a code of 50 uses: 50 have it, and 50 uses are counted", async () => {
    const eventId = await openSale(database());
    const code = fresh();
    await makeCodes(database(), eventId, { codes: [code], usesEach: 50 });
    const fans = await manyAccounts(database(), 200);
    const results = await Promise.all(fans.map((fan) => redeem(eventId, fan, code)));
    expect(results.filter(({ kind }) => kind === "granted")).toHaveLength(50);
    expect(await store().batches(eventId)).toMatchObject([{ codes: 1, usesEach: 50, uses: 50 }]);
    expect(await store().presales(eventId)).toMatchObject([{ windowKey: "fans", granted: 50 }]);
  });

  it("the same account's code again, also many times at once, is one use", async () => {
    const eventId = await openSale(database());
    const code = fresh();
    await makeCodes(database(), eventId, { codes: [code], usesEach: 5 });
    const [fan] = await manyAccounts(database(), 1);
    if (!fan) throw new Error("one was made");
    const results = await Promise.all(Array.from({ length: 10 }, () => redeem(eventId, fan, code)));
    expect(results.filter((result) => result.kind === "granted" && !result.replayed)).toHaveLength(1);
    expect(results.filter((result) => result.kind === "granted")).toHaveLength(10);
    expect(await store().batches(eventId)).toMatchObject([{ uses: 1 }]);
  });

  it("a fan who has access already uses up no second code", async () => {
    const eventId = await openSale(database());
    const codes = [fresh(), fresh()];
    await makeCodes(database(), eventId, { codes });
    const [fan, friend] = await manyAccounts(database(), 2);
    if (!fan || !friend) throw new Error("two were made");
    await Promise.all(codes.map((code) => redeem(eventId, fan, code)));
    const left = await Promise.all(codes.map((code) => redeem(eventId, friend, code)));
    expect(left.map(({ kind }) => kind).sort()).toEqual(["granted", "refused"]);
  });

  describe("a code", () => {
    it("opens its own event and window and nothing else", async () => {
      const [one, other] = [await openSale(database()), await openSale(database())];
      const code = fresh();
      await makeCodes(database(), one, { codes: [code], windowKey: "sponsors" });
      const [fan] = await manyAccounts(database(), 1);
      if (!fan) throw new Error("one was made");
      expect(await redeem(other, fan, code)).toEqual({ kind: "refused" });
      expect(await redeem(one, fan, code)).toEqual({
        kind: "granted",
        windowKey: "sponsors",
        replayed: false,
      });
      expect(await grants(one, fan)).toEqual(["sponsors"]);
      expect(await grants(other, fan)).toEqual([]);
    });

    it("that is unknown, expired, revoked or used up gets one and the same answer", async () => {
      const eventId = await openSale(database());
      const [first, second] = await manyAccounts(database(), 2);
      if (!first || !second) throw new Error("two were made");
      const [expired, revoked, used] = [fresh(), fresh(), fresh()];
      await makeCodes(database(), eventId, { codes: [expired], expiresAtMs: Date.now() - 1 });
      const batchId = await makeCodes(database(), eventId, { codes: [revoked] });
      expect(await store().revoke(TESTER, { eventId, batchId })).toBe(1);
      await makeCodes(database(), eventId, { codes: [used] });
      await redeem(eventId, first, used);
      for (const code of [fresh(), expired, revoked, used])
        expect(await redeem(eventId, second, code)).toEqual({ kind: "refused" });
    });

    it("that is revoked lets nobody new in, and those who were in stay", async () => {
      const eventId = await openSale(database());
      const code = fresh();
      await makeCodes(database(), eventId, { codes: [code], usesEach: 5 });
      const [before, after] = await manyAccounts(database(), 2);
      if (!before || !after) throw new Error("two were made");
      await redeem(eventId, before, code);
      expect(await store().revoke(TESTER, { eventId, hash: hashOf(code) })).toBe(1);
      expect(await store().revoke(TESTER, { eventId, hash: hashOf(code) })).toBe(0);
      expect(await redeem(eventId, after, code)).toEqual({ kind: "refused" });
      expect(await redeem(eventId, before, code)).toMatchObject({ kind: "granted", replayed: true });
    });
  });

  it("a list lets in the accounts with its addresses, once their address is known to be theirs", async () => {
    const eventId = await openSale(database());
    const email = `${fresh()}@fans.example`;
    const listed = { eventId, windowKey: "fans", emails: [email, `${fresh()}@fans.example`] };
    expect(await store().addEmails(TESTER, listed)).toBe(2);
    expect(await store().addEmails(TESTER, listed)).toBe(0);
    const account = await makePgAccountStore(database()).create({
      email,
      name: "Ada",
      passwordHash: null,
      role: "fan",
    });
    if (!account) throw new Error("made");
    expect(await store().grantsOf({ eventId, accountId: account.id, byList: false })).toEqual([]);
    const many = await Promise.all(Array.from({ length: 10 }, () => grants(eventId, account.id)));
    expect(many).toEqual(Array.from({ length: 10 }, () => ["fans"]));
    expect(await store().presales(eventId)).toMatchObject([{ windowKey: "fans", granted: 1, listed: 2 }]);
    const [stranger] = await manyAccounts(database(), 1);
    if (!stranger) throw new Error("one was made");
    expect(await grants(eventId, stranger)).toEqual([]);
  });

  it("an address that is taken off lets nobody new in, and takes nothing from who came in by it", async () => {
    const eventId = await openSale(database());
    const [early, late] = [`${fresh()}@fans.example`, `${fresh()}@fans.example`];
    const listed = { eventId, windowKey: "fans", emails: [early, late] };
    await store().addEmails(TESTER, listed);
    const accountOf = async (email: string) =>
      must(
        await makePgAccountStore(database()).create({ email, name: "Ada", passwordHash: null, role: "fan" }),
        "made",
      ).id;
    const [came, comes] = [await accountOf(early), await accountOf(late)];
    expect(await grants(eventId, came)).toEqual(["fans"]);
    expect(await store().removeEmails(TESTER, { ...listed, windowKey: "sponsors" })).toBe(0);
    expect(await store().removeEmails(TESTER, { ...listed, emails: [early.toUpperCase(), late] })).toBe(2);
    expect(await store().removeEmails(TESTER, listed)).toBe(0);
    expect([await grants(eventId, came), await grants(eventId, comes)]).toEqual([["fans"], []]);
  });
});
