import { fan } from "@onsale/core/actor/actor";
import { setTimeout as passTime } from "node:timers/promises";
import { expect, test } from "vitest";
import { cookieOf } from "../testing/session-cookie.ts";
import { describeApp } from "../testing/test-app.ts";
import { makeSessionReader } from "./session.ts";

describeApp("sessions in several processes", (app) => {
  /** Each reader is what one process remembers. */
  const process = () => {
    const { sessionRows, accounts, sessionTokens, clock } = app().container;
    return makeSessionReader({
      sessions: sessionRows,
      accounts,
      tokens: sessionTokens,
      clock,
      cookieName: "onsale-session",
    });
  };

  test("one that is ended in one process is over in every other within two seconds", async () => {
    const account = await app().account();
    const cookie = await app().container.sessions.issue(account);
    const others = [process(), process(), process()];
    for (const other of others) expect((await other.read(cookie))?.actor.account.id).toBe(account.id);
    await app().container.services.sessions.endAll(fan(account));
    const endedAtMs = performance.now();
    const overAfter = await Promise.all(
      others.map(async (other) => {
        // As a browser that goes on asking keeps it remembered. What counts is when the last answered question began:
        // how long this machine takes over an answer is another matter.
        let lastAskedMs = 0;
        for (let askedMs = 0; askedMs < 5_000; askedMs = performance.now() - endedAtMs) {
          if (!(await other.read(cookie))) break;
          lastAskedMs = askedMs;
          await passTime(20);
        }
        return lastAskedMs;
      }),
    );
    for (const ms of overAfter) expect(ms).toBeLessThan(2_000);
    expect(await process().read(cookie)).toBeNull();
  });

  test("who leaves an organization is no member for the next request of that session", async () => {
    const { sessions } = app().container;
    await app().member();
    const leaver = await app().member("box_office");
    const { cookie, sessionId } = await cookieOf(app(), leaver);
    expect((await sessions.read(cookie))?.actor.account.isMember).toBe(true);
    const { organization: organizationId } = app();
    await app().as(leaver, null, sessionId).organization.members.leave({ organizationId });
    expect((await sessions.read(cookie))?.actor.account.isMember).toBe(false);
  });

  test("a token that names another account than its session opens neither", async () => {
    const [ada, bob] = [await app().account(), await app().account()];
    const { sessions, sessionTokens } = app().container;
    const token = (await sessions.issue(ada)).split("=")[1] ?? "";
    const claims = sessionTokens.read(token);
    if (!claims) throw new Error("just issued");
    const swapped = sessionTokens.sign({ ...claims, accountId: bob.id });
    expect(await process().read(`onsale-session=${swapped}`)).toBeNull();
  });

  test("a signed token does not outlive the end that it names", async () => {
    const { sessions, sessionTokens, clock } = app().container;
    const claims = sessionTokens.read((await sessions.issue(await app().account())).split("=")[1] ?? "");
    if (!claims) throw new Error("just issued");
    const over = sessionTokens.sign({ ...claims, endsAtMs: clock.nowMs() });
    expect(await process().read(`onsale-session=${over}`)).toBeNull();
  });

  test("when it cannot be known which sessions ended, nobody is taken for signed in", async () => {
    const account = await app().account();
    const cookie = await app().container.sessions.issue(account);
    const { sessionRows, accounts, sessionTokens, clock } = app().container;
    const reader = makeSessionReader({
      sessions: { ...sessionRows, endedLately: () => Promise.reject(new Error("away")) },
      accounts,
      tokens: sessionTokens,
      clock,
      cookieName: "onsale-session",
    });
    await expect(reader.read(cookie)).rejects.toThrow("away");
  });
});
