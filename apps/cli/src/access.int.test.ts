import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describeApp } from "@onsale/api/testing/test-app";
import type { SaleWindow } from "@onsale/core/event/event";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runTicketctl } from "./testing/run-ticketctl.ts";

describeApp("ticketctl access", (app) => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "onsale-access-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = (...args: string[]) => runTicketctl(app().container, ["access", ...args]);
  const json = async (...args: string[]) => {
    const { code, out } = await run(...args, "--json");
    return { code, answer: JSON.parse(out) as Record<string, unknown> };
  };
  async function presale() {
    const eventId = await app().openEvent();
    const opensAtMs = Date.now() - 1_000;
    const window: SaleWindow = {
      kind: "presale",
      key: "fans",
      label: "Fans",
      opensAtMs,
      closesAtMs: opensAtMs + 3_600_000,
    };
    await app().changeEvent(eventId, { saleWindows: [window] });
    return eventId;
  }

  test("a presale without codes is listed with the key that --window takes", async () => {
    const eventId = await presale();
    expect((await run("list", eventId)).out).toMatch(
      /^fans +\w{3} \d{4}-\d\d-\d\d \d\d:\d\d +0 +0 +0 +all$/m,
    );
    expect((await json("list", eventId)).answer).toMatchObject({
      presales: [{ windowKey: "fans", granted: 0 }],
    });
  });

  test("codes it makes let fans in, until they are revoked", async () => {
    const eventId = await presale();
    const { code, answer } = await json("create", eventId, "--window", "fans", "--count", "3", "--uses", "2");
    expect({ code, ok: answer["ok"] }).toEqual({ code: 0, ok: true });
    const [first, second] = answer["codes"] as string[];
    const fan = app().as(await app().account());
    await fan.access.redeem({ eventId, code: first ?? "" });
    expect(await json("revoke", eventId, "--code", second ?? "")).toMatchObject({ answer: { revoked: 1 } });
    expect(await json("revoke", eventId, "--batch", String(answer["batchId"]))).toMatchObject({
      answer: { revoked: 2 },
    });
    expect((await json("list", eventId)).answer).toMatchObject({
      presales: [{ windowKey: "fans", granted: 1, listed: 0, allotment: null, taken: 0 }],
      batches: [{ batchId: answer["batchId"], codes: 3, usesEach: 2, uses: 1, revoked: 3 }],
    });
    expect((await run("list", eventId)).out).toContain("fans");
  });

  test("codes go into a CSV file once; without one they are the only thing on standard output", async () => {
    const eventId = await presale();
    const file = path.join(folder, "codes.csv");
    await run("create", eventId, "--window", "fans", "--count", "2", "--label", "=1+1", "-o", file);
    const lines = (await readFile(file, "utf8")).split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4},show-\d+,fans,'=1\+1,1,$/);
    expect((await run("create", eventId, "--window", "fans")).out).toMatch(
      /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\n$/,
    );
  });

  test("a list of addresses is all or nothing", async () => {
    const eventId = await presale();
    const file = path.join(folder, "members.csv");
    await writeFile(file, "name;e-mail\nAda;ada@fans.example\nBob;nobody\n");
    expect(await json("import-emails", eventId, file, "--window", "fans")).toMatchObject({
      code: 2,
      answer: { ok: false, added: 0, problems: [{ path: "line 3" }] },
    });
    await writeFile(file, "name;e-mail\nAda;ada@fans.example\nBob;bob@fans.example\n");
    const answer = { ok: true, emails: 2, added: 2, known: 0 };
    expect(await json("import-emails", eventId, file, "--window", "fans")).toMatchObject({ code: 0, answer });
    expect(await json("import-emails", eventId, file, "--window", "fans")).toMatchObject({
      answer: { added: 0, known: 2 },
    });
    await writeFile(file, "bob@fans.example\ncid@fans.example\n");
    expect(await json("remove-emails", eventId, file, "--window", "fans")).toMatchObject({
      code: 0,
      answer: { ok: true, emails: 2, removed: 1, unknown: 1 },
    });
    await writeFile(file, "not an address\n");
    expect(await json("remove-emails", eventId, file, "--window", "fans")).toMatchObject({
      code: 2,
      answer: { ok: false, removed: 0, problems: [{ path: "line 1" }] },
    });
  });

  test("says what is wrong: no such presale, no such event, nothing to revoke by", async () => {
    const eventId = await presale();
    expect(await json("create", eventId, "--window", "sponsors")).toMatchObject({
      code: 2,
      answer: { error: { code: "input.invalid", details: { known: ["fans"] } } },
    });
    expect(await json("create", eventId, "--window", "public")).toMatchObject({ code: 2 });
    expect(await json("create", eventId, "--window", "fans", "--expires", "tomorrow")).toMatchObject({
      code: 2,
    });
    expect(await json("list", "no-such-event")).toMatchObject({ code: 3 });
    expect(await json("revoke", eventId)).toMatchObject({ code: 2 });
  });
});
