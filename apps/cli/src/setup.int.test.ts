import { VISITOR } from "@onsale/core/actor/actor";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describeApp } from "@onsale/api/testing/test-app";
import { expect, test } from "vitest";
import { runTicketctl } from "./testing/run-ticketctl.ts";

const PASSWORD = "a long way to the stage";

describeApp("ticketctl setup", (app) => {
  const said: string[] = [];
  async function setup(env: Readonly<Record<string, string>>) {
    const { code, out, err } = await runTicketctl(app().container, ["setup", "--json"], env);
    said.push(out, err);
    return { code, answer: JSON.parse(out || err) as Record<string, unknown> };
  }
  const first = { OPERATOR_EMAIL: "ada@onsale.example", OPERATOR_PASSWORD: PASSWORD };

  test("an empty installation without a wish gets no operator, and is told so", async () => {
    expect(await setup({ OPERATOR_EMAIL: "" })).toMatchObject({ code: 0, answer: { operator: "missing" } });
  });

  test("an address without a password, and a password too short, make nothing", async () => {
    expect(await setup({ OPERATOR_EMAIL: first.OPERATOR_EMAIL })).toMatchObject({ code: 2 });
    expect(await setup({ ...first, OPERATOR_PASSWORD: "short" })).toMatchObject({ code: 2 });
    expect(await app().container.services.accountAdmin.hasOperator()).toBe(false);
  });

  test("an address that a fan has does not become an operator by it", async () => {
    const fan = await app().account();
    expect(await setup({ ...first, OPERATOR_EMAIL: fan.email })).toMatchObject({
      code: 4,
      answer: { error: { code: "account.email_taken" } },
    });
    expect(await app().container.services.accountAdmin.hasOperator()).toBe(false);
  });

  test("of starts at the same moment one makes the operator, who then signs in; later ones change nothing", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "ticketctl-"));
    try {
      const file = path.join(folder, "password");
      await writeFile(file, `${PASSWORD}\n`);
      const inFile = { OPERATOR_EMAIL: first.OPERATOR_EMAIL, OPERATOR_PASSWORD_FILE: file };
      const starts = await Promise.all([
        setup(first),
        setup(inFile),
        setup({ ...first, OPERATOR_EMAIL: "b@onsale.example" }),
      ]);
      expect(starts.map(({ code }) => code)).toEqual([0, 0, 0]);
      expect(starts.map(({ answer }) => String(answer["operator"])).toSorted()).toEqual([
        "created",
        "exists",
        "exists",
      ]);
      expect(await setup({ ...first, OPERATOR_PASSWORD: "another long password" })).toMatchObject({
        answer: { operator: "exists" },
      });
      const { database, services } = app().container;
      const operators = await database.sql`select email, id from account where role = 'operator'`;
      expect(operators).toHaveLength(1);
      const asked = { email: String(operators[0]?.["email"]), password: PASSWORD };
      expect(await services.accounts.signIn(VISITOR, asked)).toMatchObject({
        account: { role: "operator", emailVerified: true },
      });
      expect(
        await database.sql`select actor, action from audit where chain = ${String(operators[0]?.["id"])}`,
      ).toEqual([{ actor: "system:setup", action: "account.created" }]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("no password is in anything that was said", () => {
    expect(said.join("")).not.toContain(PASSWORD);
    expect(said.length).toBeGreaterThan(0);
  });
});
