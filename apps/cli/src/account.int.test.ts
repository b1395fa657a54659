import { VISITOR } from "@onsale/core/actor/actor";
import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Container } from "@onsale/api/compose/container";
import { describeApp } from "@onsale/api/testing/test-app";
import { expect, test } from "vitest";
import { askTicketctl as run } from "./testing/run-ticketctl.ts";

const PASSWORD = "the doors open at seven";
const MAIN = path.join(import.meta.dirname, "main.ts");

/** As a script does: another process, its password on standard input. */
async function create({ config }: Container, args: readonly string[], password: string) {
  const child = spawn(process.execPath, [MAIN, "account", "create", ...args, "--password-stdin", "--json"], {
    env: {
      NODE_ENV: "production",
      PATH: process.env["PATH"],
      DATABASE_URL: config.databaseUrl,
      REDIS_URL: config.redisUrl,
      AUTH_SECRET: config.authSecrets[0],
      TICKET_SIGNING_KEY: config.ticketSigningKey,
    },
  });
  child.stdin.end(`${password}\n`);
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const [said, code] = await Promise.all([text(child.stdout), ended]);
  return { code, said };
}

describeApp("ticketctl account", (app) => {
  test("an account is made with a password from standard input, which is in nothing that is said", async () => {
    const { container } = app();
    const args = ["Grace@Onsale.example", "--role", "operator", "--name", "Grace"];
    const made = await create(container, args, PASSWORD);
    expect(made).toMatchObject({ code: 0 });
    expect(made.said).not.toContain(PASSWORD);
    const asked = { email: "grace@onsale.example", password: PASSWORD };
    const { account } = await container.services.accounts.signIn(VISITOR, asked);
    expect(account).toMatchObject({ role: "operator", name: "Grace", emailVerified: true });
    expect((await create(container, args, PASSWORD)).code).toBe(4);
    expect((await create(container, ["short@onsale.example", ...args.slice(1)], "short")).code).toBe(2);
  });

  test("without a terminal and without --password-stdin nothing is asked for and nothing made", async () => {
    const args = ["account", "create", "x@onsale.example", "--role", "fan", "--name", "X"];
    expect(await run(app().container, ...args)).toMatchObject({
      code: 2,
      answer: { error: { message: expect.stringContaining("--password-stdin") } },
    });
  });

  test("another role, and being disabled, end the account's sessions; each stands in its audit with the reason", async () => {
    const { container } = app();
    const account = await app().member();
    const other = await container.sessions.issue(await app().member());
    const first = await container.sessions.issue(account);
    const because = ["--reason", "left the team"];
    expect(await run(container, "account", "role", account.email, "operator", ...because)).toMatchObject({
      code: 0,
      answer: { account: { role: "operator" } },
    });
    expect(await liveIn(container, first)).toBe(false);
    const second = await container.sessions.issue(account);
    expect(await liveIn(container, second)).toBe(true);
    expect(await run(container, "account", "disable", account.id, ...because)).toMatchObject({
      code: 0,
      answer: { account: { disabledAtMs: expect.any(Number) } },
    });
    expect(await liveIn(container, second)).toBe(false);
    await expect(container.sessions.issue(account)).rejects.toThrow("disabled");
    expect(await liveIn(container, other)).toBe(true);
    await run(container, "account", "disable", account.id, ...because);
    expect(await run(container, "account", "enable", account.id, "--reason", "is back")).toMatchObject({
      answer: { account: { disabledAtMs: null } },
    });
    const trail = await container.database.sql`
      select actor, action, detail from audit where chain = ${account.id} order by seq`;
    expect([...trail]).toEqual([
      {
        actor: "system:ticketctl",
        action: "account.role",
        detail: { from: "fan", to: "operator", reason: "left the team" },
      },
      { actor: "system:ticketctl", action: "account.disabled", detail: { reason: "left the team" } },
      { actor: "system:ticketctl", action: "account.enabled", detail: { reason: "is back" } },
    ]);
  });

  test("an address is the same in Unicode and in punycode, in capitals and with blanks around it", async () => {
    const { container } = app();
    const made = await create(container, ["ada@bücher.example", "--role", "fan", "--name", "Ada"], PASSWORD);
    expect(made.code).toBe(0);
    const because = ["--reason", "runs the spring season"];
    for (const [spelled, role] of [
      ["ada@xn--bcher-kva.example", "operator"],
      [" ADA@BÜCHER.example ", "fan"],
    ] as const)
      expect(await run(container, "account", "role", spelled, role, ...because)).toMatchObject({
        code: 0,
        answer: { account: { role } },
      });
    expect(await run(container, "audit", "list", "Ada@Bücher.example")).toMatchObject({
      answer: { total: 3 },
    });
  });

  test("an account that nobody has, a role that is none and a reason without words change nothing", async () => {
    const { container } = app();
    const account = await app().account();
    const role = (...args: string[]) => run(container, "account", "role", ...args);
    expect(await role("nobody@onsale.example", "operator", "--reason", "x")).toMatchObject({ code: 3 });
    expect(await role(account.email, "operator", "--reason", " ")).toMatchObject({ code: 2 });
    expect(await container.accounts.findById(account.id)).toMatchObject({ role: "fan" });
  });

  test("the list of a role is whole over its pages, each with the true count", async () => {
    const { container } = app();
    for (let n = 0; n < 5; n += 1) await app().account("fan");
    const [row] = await container.database.sql`select count(*)::int as fans from account where role = 'fan'`;
    const seen: string[] = [];
    let after: string[] = [];
    for (;;) {
      const { answer } = await run(container, "account", "list", "--role", "fan", "--limit", "2", ...after);
      const { accounts, total, next } = answer as {
        accounts: { id: string; role: string }[];
        total: number;
        next: string | null;
      };
      expect(total).toBe(row?.["fans"]);
      seen.push(...accounts.map(({ id }) => id));
      if (next === null) break;
      after = ["--after", next];
    }
    expect(new Set(seen).size).toBe(row?.["fans"]);
    const { answer } = await run(container, "account", "list");
    const { accounts } = answer as { accounts: { role: string }[] };
    expect(accounts.length).toBeGreaterThan(0);
    expect(accounts.filter(({ role }) => role === "fan")).toEqual([]);
  });
});

/** As another process sees it, which has remembered nothing. */
async function liveIn({ sessions }: Container, cookie: string): Promise<boolean> {
  const signedIn = await sessions.read(cookie);
  return signedIn !== null && (await sessions.fresh(signedIn)) !== null;
}
