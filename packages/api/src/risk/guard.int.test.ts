import { TESTER } from "@onsale/core/actor/testing/staff";
import { fan } from "@onsale/core/actor/actor";
import { type Call, insideCall } from "@onsale/core/actor/call";
import { randomUUID } from "node:crypto";
import type { Account } from "@onsale/core/actor/account";
import { emailCodeOf } from "@onsale/core/account/verify-email";
import { ChallengeOffer } from "@onsale/core/risk/challenge-provider";
import { readClientSigns } from "@onsale/core/risk/client-signs";
import type { EventId } from "@onsale/core/shared/ids";
import { solveAltcha } from "@onsale/providers/challenge/solve-altcha";
import { expect, test } from "vitest";
import { processContext } from "../context.ts";
import { createCaller } from "../router.ts";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp, key, seatItems } from "../testing/test-app.ts";
import { EMAIL_CODES, keyFor } from "../keys/installation-keys.ts";

const HOLD = { limit: null, guard: "hold" } as const;
const CHECKOUT = { limit: null, guard: "checkout" } as const;
const NO_BROWSER = readClientSigns({});
type Refusal = { cause: { code: string; details: Record<string, unknown> } };

describeApp("the guard before a sale", (app) => {
  const as = (account: Account, more: Partial<Call> = {}) =>
    createCaller({
      ...processContext(app().container),
      actor: fan(account),
      call: { ...insideCall(), address: "198.51.100.1", ...more },
      sessionId: null,
      foreignOrigin: false,
      counted: true,
      setHeader: () => undefined,
    });
  const hold = (caller: ReturnType<typeof as>, eventId: EventId, seatNo = 0) =>
    caller.hold.create({ eventId, operationId: key(), items: seatItems(seatNo) });
  const refusalOf = (call: Promise<unknown>) =>
    call.then(
      () => "through",
      (error: Refusal) => error.cause.code,
    );
  let addresses = 0;
  /** Eleven accounts at one address, none of them in a browser. */
  const suspicious = async (address = `192.0.2.${++addresses}`) => {
    const accounts = await Promise.all(Array.from({ length: 11 }, () => app().account()));
    const { admission } = app().container;
    for (const account of accounts) await admission.admit(fan(account), { ...insideCall(), address }, HOLD);
    const account = accounts.at(-1);
    if (!account) throw new Error("there are eleven");
    return { account, from: { address, client: NO_BROWSER } };
  };
  const demanded = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => null,
      (refusal: Refusal) => refusal,
    );
    expect(error?.cause.code).toBe("challenge.required");
    return ChallengeOffer.parse(error?.cause.details["challenge"]);
  };

  test("a bot-like caller must solve a challenge, and is through with its solution", async () => {
    const eventId = await app().openEvent();
    const { account, from } = await suspicious();
    const offer = await demanded(hold(as(account, from), eventId));
    const challenge = await solveAltcha(offer);
    const held = await hold(as(account, { ...from, answer: challenge }), eventId);
    expect(held.hold.id).toBeTruthy();
  });

  test("a solution is good for one call, of its own account, for its own action", async () => {
    const eventId = await app().openEvent({ rows: 10, seats: 10 });
    const { account, from } = await suspicious();
    const other = await suspicious(from.address);
    const challenge = await solveAltcha(await demanded(hold(as(account, from), eventId)));
    expect(await refusalOf(hold(as(other.account, { ...from, answer: challenge }), eventId))).toBe(
      "challenge.failed",
    );
    const { admission } = app().container;
    const call = { ...insideCall(), ...from, answer: challenge };
    await expect(admission.admit(fan(account), call, CHECKOUT)).rejects.toMatchObject({
      details: { why: "foreign" },
    });
    // The first seat of each row: whichever call wins leaves no single seat behind.
    const at = Array.from({ length: 10 }, (_, n) =>
      refusalOf(hold(as(account, { ...from, answer: challenge }), eventId, 10 * n)),
    );
    const outcomes = await Promise.all(at);
    expect(outcomes.filter((outcome) => outcome === "through")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "challenge.failed")).toHaveLength(9);
  });

  test("an invented solution of any length opens nothing", async () => {
    const eventId = await app().openEvent();
    const { account, from } = await suspicious();
    for (const challenge of ["", "x", "A".repeat(5_000), Buffer.from("{}").toString("base64url")])
      expect(await refusalOf(hold(as(account, { ...from, answer: challenge }), eventId))).toBe(
        "challenge.failed",
      );
  });

  test("who holds and gives back again and again without buying meets a challenge", async () => {
    const eventId = await app().openEvent();
    const account = await app().account();
    const caller = as(account);
    let cycles = 0;
    let end = "through";
    while (end === "through" && cycles < 20) {
      end = await hold(caller, eventId).then(
        async (held) => {
          await caller.hold.release({ eventId, holdId: held.hold.id as never });
          return "through";
        },
        (error: Refusal) => error.cause.code,
      );
      cycles++;
    }
    expect(["challenge.required", "hold.cycles"]).toContain(end);
    expect(cycles).toBeLessThanOrEqual(13);
  });

  test("ten declined payments end an account's attempts for a while, whatever it solves", async () => {
    const eventId = await app().openEvent();
    const account = await app().account();
    const { admission } = app().container;
    const call = { ...insideCall(), address: "198.51.100.9" };
    app().work();
    const held = await hold(as(account), eventId);
    const progress = await as(account).checkout.start({
      eventId,
      holdId: held.hold.id as never,
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_declined",
    });
    expect(progress.state).toBe("declined");
    for (let n = 0; n < 9; n++) admission.note(fan(account), call, { fact: "decline", once: randomUUID() });
    // Told twice of one try is once.
    const once = `${progress.orderId} 1`;
    for (let n = 0; n < 9; n++) admission.note(fan(account), call, { fact: "decline", once });
    await expect
      .poll(() =>
        admission.admit(fan(account), call, CHECKOUT).then(
          () => "through",
          (error: { code: string }) => error.code,
        ),
      )
      .toBe("risk.refused");
    const sighting = await app().container.riskService.get(TESTER, account.email);
    expect(sighting.sighting?.signs).toContainEqual({ sign: "failed_payments", points: 100, seen: 10 });
  });

  test("payments given up at the bank count as failed ones; one that is paid in the end does not", async () => {
    const eventId = await app().openEvent();
    const account = await app().account();
    const { container } = app();
    const call = { ...insideCall(), address: "198.51.100.10" };
    const failures = async () => {
      const scored = { accountId: account.id, address: call.address, device: null };
      const answer = await container.admissionStore.admit({ limit: null, accountId: null, scored });
      const counts = answer.kind === "counted" ? answer.counts : null;
      return [counts?.failedPayments, counts?.failedPaymentsAtAddress];
    };
    const held = await hold(as(account, { address: call.address }), eventId);
    const asked = await as(account, { address: call.address }).checkout.start({
      eventId,
      holdId: held.hold.id as never,
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_3ds",
    });
    expect(asked.state).toBe("requires_action");
    await expect.poll(failures).toEqual([1, 1]);
    await container.sandboxConfirm.answer(asked.actionUrl?.split("/").at(-1) ?? "", true);
    const refresh = () =>
      as(account, { address: call.address }).checkout.refresh({ orderId: asked.orderId as never });
    await expect.poll(async () => (await refresh()).state).toBe("paid");
    await expect.poll(failures).toEqual([0, 0]);
    // Seven rounds that nobody finished.
    for (let n = 0; n < 7; n++)
      container.admission.note(fan(account), call, { fact: "asked", once: randomUUID() });
    await expect.poll(failures).toEqual([7, 7]);
    const refusal = await container.admission
      .admit(fan(account), call, CHECKOUT)
      .catch((error: { code: string }) => error.code);
    expect(refusal).toBe("challenge.required");
  });

  test("each try of one order that is left at the bank counts: an order is no place to test stolen cards at", async () => {
    const eventId = await app().openEvent();
    const account = await app().account();
    const from = { address: "198.51.100.11" };
    const caller = as(account, from);
    const failures = async () => {
      const scored = { accountId: account.id, address: from.address, device: null };
      const answer = await app().container.admissionStore.admit({ limit: null, accountId: null, scored });
      return answer.kind === "counted" ? answer.counts?.failedPayments : null;
    };
    const held = await hold(caller, eventId);
    let asked = await caller.checkout.start({
      eventId,
      holdId: held.hold.id as never,
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_3ds",
    });
    for (const attempt of [1, 2, 3]) {
      expect(asked).toMatchObject({ state: "requires_action", attempt });
      await expect.poll(failures).toBe(attempt);
      if (attempt < 3)
        asked = await caller.checkout.pay({
          orderId: asked.orderId as never,
          method: "card_3ds",
          after: attempt,
        });
    }
    await app().container.sandboxConfirm.answer(asked.actionUrl?.split("/").at(-1) ?? "", true);
    const refresh = () => caller.checkout.refresh({ orderId: asked.orderId as never });
    await expect.poll(async () => (await refresh()).state).toBe("paid");
    await expect.poll(failures).toBe(0);
  });

  test("staff see why, block an account everywhere within two seconds, and clear it again", async () => {
    const eventId = await app().openEvent();
    const { account, from } = await suspicious();
    await demanded(hold(as(account, from), eventId));
    const staff = app().as(await app().account("operator"));
    await expect
      .poll(
        async () =>
          (await staff.admin.risk.list({})).items.find((row) => row.account.id === account.id)?.sighting,
      )
      .toMatchObject({ action: "hold", outcome: "challenge", score: 55, address: from.address });
    const held = await app().as(account).hold.bestAvailable({
      eventId,
      operationId: key(),
      quantity: 1,
      ticketType: "adult",
    });

    await staff.admin.risk.block({ account: account.email, reason: "resells" });
    const blockedAtMs = performance.now();
    const own = { eventId, holdId: held.hold.id as never };
    // What counts is when the last attempt began that was not refused for this.
    let lastAskedMs = 0;
    for (let askedMs = 0; askedMs < 10_000; askedMs = performance.now() - blockedAtMs) {
      if ((await refusalOf(hold(as(account), eventId))) === "account.blocked") break;
      lastAskedMs = askedMs;
    }
    expect(lastAskedMs).toBeLessThan(2_000);
    expect(await refusalOf(as(account).hold.extend(own))).toBe("account.blocked");
    expect(await refusalOf(as(account).hold.reprice({ ...own, items: seatItems(5) }))).toBe(
      "account.blocked",
    );
    const start = { ...own, quoteHash: "0".repeat(64), idempotencyKey: key(), method: "card_ok" };
    expect(await refusalOf(as(account).checkout.start(start))).toBe("account.blocked");
    // What goes back is good for everybody.
    expect(await refusalOf(as(account).hold.release(own))).toBe("through");

    await staff.admin.risk.clear({ account: account.id, reason: "a school class" });
    await expect
      .poll(() => refusalOf(hold(as(account, from), eventId, 3)), { timeout: 4_000 })
      .toBe("through");
    const shown = await staff.admin.risk.get({ account: account.id });
    expect(shown.history.map(({ state, reason }) => [state, reason])).toEqual([
      ["cleared", "a school class"],
      ["blocked", "resells"],
    ]);
  });

  test("staff cannot be blocked, and nobody who is not there", async () => {
    const operator = await app().account("operator");
    const staff = app().as(operator);
    for (const { id } of [operator, await app().member("scanner")])
      expect(await refusalOf(staff.admin.risk.block({ account: id, reason: "x" }))).toBe(
        "account.not_allowed",
      );
    expect(await refusalOf(staff.admin.risk.block({ account: randomUUID(), reason: "x" }))).toBe(
      "account.not_found",
    );
  });

  test("what is refused is counted by its reason, and nothing there names a fan", async () => {
    const eventId = await app().openEvent();
    const { account, from } = await suspicious();
    await demanded(hold(as(account, from), eventId));
    const server = await serveApp(app().container);
    try {
      const answer = await fetch(`${server.url}/metrics`);
      const text = await answer.text();
      expect(answer.headers.get("content-type")).toContain("text/plain");
      expect(text).toMatch(/onsale_refusals_total\{code="challenge\.required"\} [1-9]/);
      expect(text).toMatch(/onsale_challenges_total\{action="hold",event="issued"\} [1-9]/);
      expect(text).toMatch(/onsale_challenges_total\{action="hold",event="replayed"\} 9/);
      expect(text).toMatch(
        /onsale_procedure_seconds_count\{procedure="hold\.create",outcome="refused"\} [1-9]/,
      );
      expect(text).not.toContain(account.email);
      expect(text).not.toContain(account.id);
      const forwarded = { headers: { "x-forwarded-for": "127.0.0.1" } };
      expect((await fetch(`${server.url}/metrics`, forwarded)).status).toBe(404);
    } finally {
      await server[Symbol.asyncDispose]();
    }
  });
});

describeApp("confirming an address", (app) => {
  const codeOf = async (account: Account) => {
    const { database, config } = app().container;
    const [job] = await database.sql<{ nonce: string }[]>`
      select payload ->> 'nonce' as nonce from job
      where kind = 'mail.verify_email' and payload ->> 'accountId' = ${account.id} order by id desc limit 1`;
    if (!job) throw new Error("no mail is in the outbox");
    return emailCodeOf(keyFor(EMAIL_CODES, config.authSecrets[0]), account.id, job.nonce);
  };

  test("a mail with a code confirms the address once it is typed in", async () => {
    const account = await app().account();
    expect(account.emailVerified).toBe(false);
    const fan = app().as(account);
    await fan.account.verifyEmail.start();
    const code = await codeOf(account);
    const wrong = code === "000000" ? "000001" : "000000";
    await expect(fan.account.verifyEmail.confirm({ code: wrong })).rejects.toMatchObject({
      cause: { code: "account.bad_code", details: { triesLeft: 4 } },
    });
    expect(await fan.account.verifyEmail.confirm({ code: ` ${code.slice(0, 3)} ${code.slice(3)}` })).toEqual({
      verified: true,
    });
    expect((await app().container.accounts.findById(account.id))?.emailVerified).toBe(true);
    expect(await fan.account.verifyEmail.start()).toEqual({ kind: "verified" });
  });

  test("five wrong tries end a code, and the right digits come too late", async () => {
    const account = await app().account();
    const fan = app().as(account);
    await fan.account.verifyEmail.start();
    const code = await codeOf(account);
    const wrong = code === "000000" ? "000001" : "000000";
    for (let n = 0; n < 5; n++)
      await expect(fan.account.verifyEmail.confirm({ code: wrong })).rejects.toMatchObject({
        cause: { code: "account.bad_code" },
      });
    await expect(fan.account.verifyEmail.confirm({ code })).rejects.toMatchObject({
      cause: { code: "account.bad_code", details: { triesLeft: 0 } },
    });
    await expect(fan.account.verifyEmail.start()).rejects.toMatchObject({ cause: { code: "rate.limited" } });
  });

  test("a code opens no other account", async () => {
    const [ada, bob] = [await app().account(), await app().account()];
    await app().as(ada).account.verifyEmail.start();
    await app().as(bob).account.verifyEmail.start();
    const code = await codeOf(ada);
    if (code === (await codeOf(bob))) return;
    await expect(app().as(bob).account.verifyEmail.confirm({ code })).rejects.toMatchObject({
      cause: { code: "account.bad_code" },
    });
  });
});
