import { system, VISITOR } from "@onsale/core/actor/actor";
import { makeMailer } from "@onsale/providers/mail/write-mail";
import { randomUUID } from "node:crypto";
import { makePasswordService } from "@onsale/core/account/password-service";
import type { Mail } from "@onsale/core/mail/mailer";
import { expect, test } from "vitest";
import { describeApp } from "../testing/test-app.ts";
import { makePasswordHasher } from "./password-hasher.ts";
import { cookieOf } from "../testing/session-cookie.ts";

const OLD = "a seat in the stalls";
const NEW = "another seat, further up";

describeApp("passwords", (app) => {
  const person = async () => {
    const email = `${randomUUID()}@fans.example`;
    return app().container.services.accounts.create(
      system("seed"),
      { email, name: "Ada", password: OLD },
      "fan",
    );
  };
  const opens = (email: string, password: string) =>
    app()
      .container.services.accounts.signIn(VISITOR, { email, password })
      .then(
        () => true,
        () => false,
      );
  /** The app's own, with mails caught. */
  const service = () => {
    const sent: Mail[] = [];
    const { accounts, passwordResets } = app().container;
    const passwords = makePasswordService({
      accounts,
      resets: passwordResets,
      hasher: makePasswordHasher(),
      mailer: makeMailer({ carry: (mail) => Promise.resolve(void sent.push(mail)) }),
      isCommon: (password) => password === "qwertyuiop",
      tokenOf: (id) => `token-${id}`,
      newId: randomUUID,
      pageUrl: "https://tickets.example/reset-password",
    });
    return { sent, passwords };
  };
  const tokenIn = (mail: Mail | undefined) => /#token=(\S+)/.exec(mail?.text ?? "")?.[1] ?? "";

  test("a changed password ends the other sessions, keeps this one, and tells the owner", async () => {
    const account = await person();
    const { sessions, database } = app().container;
    const [here, elsewhere] = [await cookieOf(app(), account), await cookieOf(app(), account)];
    const fan = app().as(account, null, here.sessionId);
    await expect(
      fan.account.password.change({ current: "a wrong password", next: NEW }),
    ).rejects.toMatchObject({
      cause: { code: "account.wrong_password" },
    });
    await expect(fan.account.password.change({ current: OLD, next: "password123" })).rejects.toMatchObject({
      cause: { code: "account.weak_password" },
    });
    expect(await sessions.read(elsewhere.cookie)).not.toBeNull();
    await fan.account.password.change({ current: OLD, next: NEW });
    expect(await sessions.read(here.cookie)).not.toBeNull();
    expect(await sessions.read(elsewhere.cookie)).toBeNull();
    expect([await opens(account.email, OLD), await opens(account.email, NEW)]).toEqual([false, true]);
    const mails = await database.sql`
      select count(*)::int as n from job where kind = 'mail.password_set' and payload ->> 'accountId' = ${account.id}`;
    expect(mails[0]).toEqual({ n: 1 });
  });

  test("a link from the mail sets the password once, ends every session and confirms the address", async () => {
    const account = await person();
    const { cookie } = await cookieOf(app(), account);
    const { sent, passwords } = service();
    await passwords.sendReset({ id: randomUUID(), email: account.email });
    const token = tokenIn(sent[0]);
    await expect(passwords.finishReset(VISITOR, { token, password: "qwertyuiop" })).rejects.toMatchObject({
      code: "account.weak_password",
    });
    const used = await Promise.allSettled(
      Array.from({ length: 4 }, () => passwords.finishReset(VISITOR, { token, password: NEW })),
    );
    expect(used.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    app().container.sessions.forget(null);
    expect(await app().container.sessions.read(cookie)).toBeNull();
    expect([await opens(account.email, OLD), await opens(account.email, NEW)]).toEqual([false, true]);
    expect((await app().container.accounts.findById(account.id))?.emailVerified).toBe(true);
    await expect(passwords.finishReset(VISITOR, { token, password: OLD })).rejects.toMatchObject({
      code: "account.bad_reset",
    });
  });

  test("the store has no token, only its hash; one that is too old or made up opens nothing", async () => {
    const account = await person();
    const { sent, passwords } = service();
    await passwords.sendReset({ id: randomUUID(), email: account.email });
    const token = tokenIn(sent[0]);
    const { sql } = app().container.database;
    const rows = await sql`
      select row_to_json(r)::text as row from password_reset r where account_id = ${account.id}
      union all select payload::text from job where kind like 'mail.password%'`;
    for (const { row } of rows) expect(row).not.toContain(token);
    await sql`update password_reset set expires_at = now() where account_id = ${account.id}`;
    for (const bad of [token, "", "x".repeat(43)])
      await expect(passwords.finishReset(VISITOR, { token: bad, password: NEW })).rejects.toMatchObject({
        code: "account.bad_reset",
      });
  });

  test("asking answers the same for every address, and enqueues the same", async () => {
    const account = await person();
    const nobody = `${randomUUID()}@fans.example`;
    const asker = app().as(null).account.password;
    expect(await asker.startReset({ email: nobody })).toEqual(
      await asker.startReset({ email: account.email }),
    );
    const rows = await app().container.database.sql`
      select count(*)::int as n from job where kind = 'mail.password_reset'
        and payload ->> 'email' in (${nobody}, ${account.email})`;
    expect(rows[0]).toEqual({ n: 2 });
    const { sent, passwords } = service();
    await passwords.sendReset({ id: randomUUID(), email: nobody });
    expect(sent).toEqual([]);
  });

  test("who asks for somebody's mailbox again and again fills it with five mails, and takes no link from its owner", async () => {
    const account = await person();
    const { sent, passwords } = service();
    for (let n = 0; n < 20; n++) await passwords.sendReset({ id: randomUUID(), email: account.email });
    expect(sent).toHaveLength(5);
    await passwords.finishReset(VISITOR, { token: tokenIn(sent[0]), password: NEW });
    for (const mail of sent.slice(1))
      await expect(
        passwords.finishReset(VISITOR, { token: tokenIn(mail), password: OLD }),
      ).rejects.toMatchObject({
        code: "account.bad_reset",
      });
  });

  test("a job that runs twice sends the same mail", async () => {
    const account = await person();
    const { sent, passwords } = service();
    const job = { id: randomUUID(), email: account.email };
    await passwords.sendReset(job);
    await passwords.sendReset(job);
    expect(sent[1]).toEqual(sent[0]);
  });

  test("the list names where the account is signed in, and ends one or all of them", async () => {
    const account = await person();
    const [here, there] = [await cookieOf(app(), account), await cookieOf(app(), account)];
    const fan = app().as(account, null, here.sessionId);
    const rows = await fan.account.sessions.list();
    expect(rows.map(({ id, isThis }) => `${id} ${isThis}`).toSorted()).toEqual(
      [`${here.sessionId} true`, `${there.sessionId} false`].toSorted(),
    );
    expect(await fan.account.sessions.end({ id: there.sessionId })).toEqual({ ended: true });
    expect(await app().container.sessions.read(there.cookie)).toBeNull();
    const stranger = await person();
    expect(await app().as(stranger).account.sessions.end({ id: here.sessionId })).toEqual({ ended: false });
    expect(await fan.account.sessions.endAll()).toEqual({ ended: 1 });
    expect(await app().container.sessions.read(here.cookie)).toBeNull();
  });
});
