import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { emailCodeOf, type EmailCode } from "@onsale/core/account/verify-email";
import { fan, VISITOR } from "@onsale/core/actor/actor";
import { TESTER } from "@onsale/core/actor/testing/staff";
import { must } from "@onsale/core/shared/assert";
import type { EventId } from "@onsale/core/shared/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Container, composeContainer } from "../compose/container.ts";
import { describeApp } from "../testing/test-app.ts";
import { EMAIL_CODES, keyFor, PASSWORD_RESETS } from "./installation-keys.ts";

describeApp("what was made before AUTH_SECRET changed", (app) => {
  /** While the earlier secret is still read, and once it is gone. */
  let during: Container;
  let after: Container;
  let earlier: string;
  let presale: EventId;

  beforeAll(async () => {
    const { config } = app().container;
    [earlier] = config.authSecrets;
    const fresh = randomBytes(32).toString("base64");
    during = composeContainer({ ...config, authSecrets: [fresh, earlier], sandboxMailbox: true });
    after = composeContainer({ ...config, authSecrets: [fresh], sandboxMailbox: true });
    presale = await app().openEvent();
    const nowMs = Date.now();
    await app().changeEvent(presale, {
      saleWindows: [
        { kind: "presale", key: "fans", label: "Fans", opensAtMs: nowMs - 1_000, closesAtMs: nowMs + 60_000 },
      ],
    });
  });
  afterAll(async () => {
    await during.close();
    await after.close();
  });

  const isDone = (work: Promise<unknown>) =>
    work.then(
      () => true,
      () => false,
    );

  async function presaleCode(): Promise<string> {
    const batch = { windowKey: "fans", count: 1, usesEach: 9, label: "", expiresAtMs: null };
    const { codes } = await app().container.services.access.createCodes(TESTER, presale, batch);
    return must(codes[0], "one was made");
  }

  async function isRedeemed({ services }: Container, code: string): Promise<boolean> {
    const event = await services.events.require(presale);
    const actor = fan(await app().account());
    return isDone(services.access.redeem(actor, { address: "192.0.2.1" }, { event, code }));
  }

  /** Makes a thing under the earlier secret and tries it under others. */
  const THINGS: readonly (readonly [string, () => Promise<(now: Container) => Promise<boolean>>])[] = [
    [
      "a session",
      async () => {
        const cookie = await app().container.sessions.issue(await app().account());
        return async ({ sessions }) => (await sessions.read(cookie)) !== null;
      },
    ],
    [
      "a presale code",
      async () => {
        const code = await presaleCode();
        return (now) => isRedeemed(now, code);
      },
    ],
    [
      "the code of a mail",
      async () => {
        const actor = fan(await app().account());
        await app().container.services.verifyEmail.start(actor);
        const [job] = await app().owner<{ nonce: string }[]>`
          select payload ->> 'nonce' as nonce from job
          where kind = 'mail.verify_email' and payload ->> 'accountId' = ${actor.account.id}`;
        const { nonce } = must(job, "a mail is in the outbox");
        const code = emailCodeOf(keyFor(EMAIL_CODES, earlier), actor.account.id, nonce) as EmailCode;
        return ({ services }) => isDone(services.verifyEmail.confirm(actor, code));
      },
    ],
    [
      "the code of a sign-up",
      async () => {
        const who = { email: `${randomUUID()}@fans.example`, name: "Ada", password: "nine wet umbrellas" };
        const admit = () => Promise.resolve();
        const { signUpId } = await app().container.services.signUps.start(VISITOR, who, admit);
        const code = emailCodeOf(keyFor(EMAIL_CODES, earlier), signUpId, "sign-up") as EmailCode;
        return ({ services }) => isDone(services.signUps.complete(VISITOR, { signUpId, code }));
      },
    ],
    [
      "an invitation whose mail was not sent yet",
      async () => {
        const email = `${randomUUID()}@fans.example`;
        const { organizations } = app().container.services;
        const id = await organizations.invite(TESTER, app().organization, { email, role: "scanner" });
        return async ({ services, mailbox }) => {
          await services.organizations.sendInvitation(id);
          const mail = (await mailbox?.list())?.find(({ to }) => to === email);
          const [, token] = /#token=([\w-]+)/.exec(mail?.text ?? "") ?? [];
          return token !== undefined && isDone(services.organizations.look(VISITOR, token));
        };
      },
    ],
  ];

  test.each(THINGS)("%s is good while the earlier secret is read, and not afterwards", async (_, make) => {
    const isGoodUnder = await make();
    expect(await isGoodUnder(after)).toBe(false);
    expect(await isGoodUnder(during)).toBe(true);
  });

  test("a presale code is taken back by itself, under whichever secret it was made", async () => {
    const code = await presaleCode();
    expect(await during.services.access.revoke(TESTER, presale, { code })).toEqual({ revoked: 1 });
    expect(await isRedeemed(during, code)).toBe(false);
  });

  test("a link to set a password is good without the secret it was made under", async () => {
    const { email } = await app().account();
    const id = randomUUID();
    await app().container.services.passwords.sendReset({ id, email });
    const token = createHmac("sha256", keyFor(PASSWORD_RESETS, earlier)).update(id).digest("base64url");
    const reset = { token, password: "nine wet umbrellas" };
    expect(await isDone(after.services.passwords.finishReset(VISITOR, reset))).toBe(true);
  });
});
