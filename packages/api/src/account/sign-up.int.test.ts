import { makeMailer } from "@onsale/providers/mail/write-mail";
import { randomUUID } from "node:crypto";
import { emailCodeOf } from "@onsale/core/account/verify-email";
import type { Mail } from "@onsale/core/mail/mailer";
import { makeSignUpService } from "@onsale/core/account/sign-up-service";
import { expect, test } from "vitest";
import { EMAIL_CODES, keyFor, keysFor } from "../keys/installation-keys.ts";
import { describeApp } from "../testing/test-app.ts";
import { isCommonPassword } from "./common-passwords.ts";
import { makePasswordHasher } from "./password-hasher.ts";

describeApp("signing up", (app) => {
  const PASSWORD = "a seat in the stalls";
  const newEmail = () => `${randomUUID()}@fans.example`;
  const signUp = (email: string, more: { name?: string; password?: string } = {}) =>
    app()
      .as(null)
      .account.signUp({ email, name: "Ada", password: PASSWORD, ...more });
  const codeOf = (signUpId: string) =>
    emailCodeOf(keyFor(EMAIL_CODES, app().container.config.authSecrets[0]), signUpId, "sign-up");
  const complete = (signUpId: string, code: string) =>
    app().as(null).account.completeSignUp({ signUpId, code });
  const other = (code: string) => (code === "000000" ? "000001" : "000000");
  /** What the job of the outbox would send. */
  const mailOf = async (signUpId: string): Promise<Mail> => {
    const sent: Mail[] = [];
    const { signUps, accounts, config } = app().container;
    await makeSignUpService({
      signUps,
      accounts,
      hasher: makePasswordHasher(),
      mailer: makeMailer({ carry: (mail) => Promise.resolve(void sent.push(mail)) }),
      isCommon: isCommonPassword,
      keys: keysFor(EMAIL_CODES, config.authSecrets),
      newId: randomUUID,
      publicUrl: "https://tickets.example",
    }).sendMail(signUpId);
    const [mail] = sent;
    if (!mail) throw new Error("nothing was sent");
    return mail;
  };

  test("an account begins with the code of its mail, its address confirmed", async () => {
    const email = newEmail();
    const { signUpId } = await signUp(email);
    expect(await app().container.accounts.findForSignIn(email)).toBeNull();
    const mail = await mailOf(signUpId);
    expect(mail.text.replaceAll(" ", "")).toContain(codeOf(signUpId));
    expect(mail).toMatchObject({ to: email });
    await complete(signUpId, codeOf(signUpId));
    const found = await app().container.accounts.findForSignIn(email);
    expect(found?.account).toMatchObject({ email, name: "Ada", role: "fan", emailVerified: true });
    await expect(complete(signUpId, codeOf(signUpId))).rejects.toMatchObject({
      cause: { code: "account.bad_code" },
    });
  });

  test("a known address gets the same answer by the same statements; only its owner's mail says so, and has no code", async () => {
    const known = (await app().account()).email;
    const [ofKnown, ofNew] = [await signUp(known), await signUp(newEmail())];
    expect(Object.keys(ofKnown)).toEqual(Object.keys(ofNew));
    const rows = await app().container.database.sql`
      select count(*)::int as rows, count(distinct kind)::int as kinds from job
      where kind = 'mail.sign_up' and payload ->> 'signUpId' in (${ofKnown.signUpId}, ${ofNew.signUpId})`;
    expect(rows[0]).toEqual({ rows: 2, kinds: 1 });
    const mail = await mailOf(ofKnown.signUpId);
    expect(mail.subject).toBe("You have an Onsale account already");
    expect(mail.text.replaceAll(" ", "")).not.toContain(codeOf(ofKnown.signUpId));
    expect(mail.text).toContain("https://tickets.example/reset-password");
    for (const { signUpId } of [ofKnown, ofNew])
      await expect(complete(signUpId, other(codeOf(signUpId)))).rejects.toMatchObject({
        cause: { code: "account.bad_code", details: { triesLeft: 4 } },
      });
  });

  test("signing up changes nothing about the account that has the address", async () => {
    const ada = await app().account();
    const { signUpId } = await signUp(ada.email, { name: "Eve", password: "another long password" });
    await expect(complete(signUpId, codeOf(signUpId))).rejects.toMatchObject({
      cause: { code: "account.email_taken" },
    });
    expect((await app().container.accounts.findForSignIn(ada.email))?.account).toEqual(ada);
    expect((await app().container.accounts.findForSignIn(ada.email))?.passwordHash).toBeNull();
  });

  test("five wrong tries end a sign-up, and an unknown one answers like one that is over", async () => {
    const { signUpId } = await signUp(newEmail());
    const wrong = other(codeOf(signUpId));
    for (let left = 4; left >= 0; left--)
      await expect(complete(signUpId, wrong)).rejects.toMatchObject({
        cause: { details: { triesLeft: left } },
      });
    for (const id of [signUpId, randomUUID()])
      await expect(complete(id, codeOf(id))).rejects.toMatchObject({
        cause: { code: "account.bad_code", details: { triesLeft: 0 } },
      });
  });

  /** As the service writes it down, without the work of a password. */
  const open = (email: string, liveMax: number) => {
    const id = randomUUID();
    const row = { id, email, name: "Ada", passwordHash: "none", ttlMs: 60_000, liveMax };
    return app()
      .container.signUps.start(row)
      .then(({ kind }) => (kind === "started" ? [id] : []));
  };

  test("of many sign-ups for one address at once as many as may be open send a mail, and one becomes the account", async () => {
    const email = newEmail();
    const ids = (await Promise.all(Array.from({ length: 12 }, () => open(email, 5)))).flat();
    expect(ids).toHaveLength(5);
    const done = await Promise.allSettled(ids.map((id) => complete(id, codeOf(id))));
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("no mailbox is filled: with thirty sign-ups open from wherever the next one is told when", async () => {
    const email = newEmail();
    await Promise.all(Array.from({ length: 30 }, () => open(email, 30)));
    await expect(signUp(email)).rejects.toMatchObject({ cause: { code: "rate.limited" } });
  });

  test("the two spellings of a domain are one account", async () => {
    const local = randomUUID();
    const { signUpId } = await signUp(`${local}@münchen-case.example`);
    await complete(signUpId, codeOf(signUpId));
    const again = await signUp(`${local}@XN--MNCHEN-CASE-THB.example`);
    await expect(complete(again.signUpId, codeOf(again.signUpId))).rejects.toMatchObject({
      cause: { code: "account.email_taken" },
    });
  });

  test("common passwords and the own name are refused, and names that are links", async () => {
    for (const password of ["password123", "qwertyuiop", "1234567890", "Passw0rd2026!"])
      await expect(signUp(newEmail(), { password })).rejects.toMatchObject({
        cause: { code: "account.weak_password", details: { why: "common" } },
      });
    await expect(signUp("ada.lovelace@fans.example", { password: "ada.lovelace1" })).rejects.toMatchObject({
      cause: { code: "account.weak_password", details: { why: "personal" } },
    });
    await expect(signUp(newEmail(), { name: "Win at https://evil.example" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});
