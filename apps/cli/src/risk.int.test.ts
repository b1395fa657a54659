import { describeApp } from "@onsale/api/testing/test-app";
import { expect, test } from "vitest";
import { askTicketctl as run } from "./testing/run-ticketctl.ts";

describeApp("ticketctl risk", (app) => {
  test("blocks by address, shows why, clears by id, and keeps both decisions", async () => {
    const { container } = app();
    const account = await app().account();
    expect(await run(container, "risk", "block", account.email, "--reason", "resells")).toMatchObject({
      code: 0,
      answer: { ok: true, mark: { state: "blocked", by: "system:ticketctl" } },
    });
    expect(await run(container, "risk", "list")).toMatchObject({
      code: 0,
      answer: { accounts: [{ account: { email: account.email }, mark: { state: "blocked" } }] },
    });
    expect(await run(container, "risk", "clear", account.id, "--reason", "a class")).toMatchObject({
      code: 0,
    });
    expect(await run(container, "risk", "show", account.email)).toMatchObject({
      code: 0,
      answer: { mark: { state: "cleared" }, history: [{ reason: "a class" }, { reason: "resells" }] },
    });
  });

  test("an unknown account is not found, and a decision needs its reason", async () => {
    const { container } = app();
    expect(await run(container, "risk", "show", "nobody@fans.example")).toMatchObject({
      code: 3,
      answer: { error: { code: "account.not_found" } },
    });
    expect(await run(container, "risk", "block", "nobody@fans.example", "--reason", " ")).toMatchObject({
      code: 2,
    });
  });

  test("demo accounts have confirmed addresses, also those that an older seed made", async () => {
    const { container } = app();
    await run(container, "seed", "--demo");
    const found = await container.accounts.findForSignIn("fan@onsale.example");
    expect(found?.account.emailVerified).toBe(true);
    await container.database
      .sql`update account set email_verified_at = null where email = 'fan@onsale.example'`;
    await run(container, "seed", "--demo");
    expect((await container.accounts.findForSignIn("fan@onsale.example"))?.account.emailVerified).toBe(true);
  });
});
