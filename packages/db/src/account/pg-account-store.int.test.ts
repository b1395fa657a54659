import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgAccountStore } from "./pg-account-store.ts";

describeWithDatabase("accounts", (database) => {
  const store = () => makePgAccountStore(database());
  const person = () => ({
    email: `${randomUUID()}@fans.example`,
    name: "Ada",
    passwordHash: "hash",
    role: "fan" as const,
  });

  it("one mailbox is one account, whatever its case and however many sign up at once", async () => {
    const ada = person();
    const made = await Promise.all([
      ...Array.from({ length: 5 }, () => store().create(ada)),
      ...Array.from({ length: 5 }, () => store().create({ ...ada, email: ada.email.toUpperCase() })),
    ]);
    expect(made.filter((account) => account !== null)).toHaveLength(1);
  });

  it("is found by id and for signing in, with its password apart", async () => {
    const ada = person();
    const account = await store().create(ada);
    expect(account).toMatchObject({ email: ada.email, name: "Ada", role: "fan" });
    expect(account && (await store().findById(account.id))).toEqual(account);
    expect(await store().findForSignIn(ada.email.toUpperCase())).toEqual({ account, passwordHash: "hash" });
    expect(await store().findForSignIn("nobody@fans.example")).toBeNull();
  });

  it("takes no second spelling of a domain, and no name of two lines or with marks that nobody sees", async () => {
    for (const email of [
      "ada@münchen.example",
      "ada lovelace@fans.example",
      "ada@fans.example\nbcc@x.example",
    ])
      await expect(store().create({ ...person(), email })).rejects.toMatchObject({
        cause: { constraint_name: "account_email_canonical" },
      });
    for (const name of ["Ada\r\nBcc: eve", "Ada\u2028", "A\u202Eda", "A\u200Bda"])
      await expect(store().create({ ...person(), name })).rejects.toMatchObject({
        cause: { constraint_name: "account_name_one_line" },
      });
    expect(await store().create({ ...person(), name: "می\u200Cخواهم" })).not.toBeNull();
  });

  it("many fans come back in order, also the second time", async () => {
    const emails = Array.from({ length: 500 }, () => `${randomUUID()}@fans.example`);
    const fans = await store().createMany(emails);
    expect(fans.map((fan) => fan.email)).toEqual(emails);
    expect(await store().createMany(emails)).toEqual(fans);
  });
});
