import { staffNamed } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { must } from "@onsale/core/shared/assert";
import { AccountId } from "@onsale/core/shared/ids";
import { expect, it } from "vitest";
import { makePgAccountStore } from "../account/pg-account-store.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgRiskMarkStore } from "./pg-risk-mark-store.ts";

describeWithDatabase("marks on accounts", (database) => {
  const store = () => makePgRiskMarkStore(database());
  const fan = async () => {
    const email = `${randomUUID()}@fans.example`;
    const account = await makePgAccountStore(database()).create({
      email,
      name: "Ada",
      passwordHash: null,
      role: "fan",
    });
    return must(account, "a random address is free").id;
  };

  it("the last decision counts, and every one of them stays in the audit chain", async () => {
    const accountId = await fan();
    expect(await store().find(accountId)).toBeNull();
    await store().set(staffNamed("account:kim"), { accountId, state: "blocked", reason: "resells" });
    await store().set(staffNamed("account:sam"), {
      accountId,
      state: "cleared",
      reason: "it was a school class",
    });
    expect(await store().find(accountId)).toMatchObject({
      state: "cleared",
      reason: "it was a school class",
    });
    expect((await store().states()).get(accountId)).toBe("cleared");
    expect(await store().history(accountId, 10)).toMatchObject([
      { accountId, state: "cleared", by: "account:sam" },
      { accountId, state: "blocked", reason: "resells", by: "account:kim" },
    ]);
  });

  it("is listed with the newest first", async () => {
    const [first, second] = [await fan(), await fan()];
    await store().set(staffNamed("x"), { accountId: first, state: "blocked", reason: "a" });
    await store().set(staffNamed("x"), { accountId: second, state: "blocked", reason: "b" });
    expect((await store().list(2)).map((mark) => mark.accountId)).toEqual([second, first]);
  });

  it("marks nobody who is not there, and takes no decision without a reason", async () => {
    const nobody = AccountId.parse(randomUUID());
    expect(
      await store().set(staffNamed("x"), { accountId: nobody, state: "blocked", reason: "a" }),
    ).toBeNull();
    const accountId = await fan();
    await expect(store().set(staffNamed("x"), { accountId, state: "blocked", reason: "" })).rejects.toThrow(
      "risk_mark",
    );
    expect(await store().find(accountId)).toBeNull();
  });
});
