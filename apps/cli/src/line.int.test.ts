import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Container } from "@onsale/api/compose/container";
import { describeApp } from "@onsale/api/testing/test-app";
import { joinAll } from "@onsale/api/testing/test-line";
import { composeLineController } from "@onsale/api/compose/line-controller";
import type { DrawFile } from "@onsale/core/line/draw-file";
import { LineId } from "@onsale/core/line/line";
import { must } from "@onsale/core/shared/assert";
import { expect, test } from "vitest";
import { runTicketctl } from "./testing/run-ticketctl.ts";

const text = (container: Container, ...args: string[]) => runTicketctl(container, args);

async function run(container: Container, ...args: string[]) {
  const { code, out } = await text(container, ...args, "--json");
  return { code, answer: JSON.parse(out) as Record<string, unknown> };
}

const controllers = new WeakMap<Container, ReturnType<typeof composeLineController>>();

/** Plays the worker's part, one second of it. An installation has one controller; a second one would wait for its lease. */
async function tick(container: Container): Promise<void> {
  const controller =
    controllers.get(container) ?? composeLineController(container, { settleAtOpeningMs: () => 0 });
  controllers.set(container, controller);
  expect(await controller.tick()).toBe(true);
  await controller.idle();
}

describeApp("ticketctl line", (app) => {
  test("a line is set up, opened, drawn with its public value, slowed, paused, resumed, drained, closed and verified", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    const line = (...args: string[]) => {
      const [verb = "", ...rest] = args;
      return run(container, "line", verb, eventId, ...rest);
    };
    const state = async () => {
      const { answer } = await line("show");
      return (answer as { lines: { line: { state: string } }[] }).lines[0]?.line.state;
    };

    expect(await line("show")).toMatchObject({ code: 0, answer: { lines: [] } });
    expect(await line("pause")).toMatchObject({ code: 3, answer: { error: { code: "line.not_found" } } });
    expect(await line("setup")).toMatchObject({ code: 2, answer: { error: { code: "input.invalid" } } });
    const times = ["--lobby", "+1h", "--draws", "+2h", "--pass", "90s"];
    const source = ["--public-value-source", "drand round 5123456"];
    // The sale is open: that a line stops it has to be said first.
    expect(await line("setup", ...times)).toMatchObject({
      code: 2,
      answer: { error: { message: expect.stringContaining("stops that at once") } },
    });
    expect(await line("show")).toMatchObject({ answer: { lines: [] } });
    const made = await line("setup", ...times, ...source, "--cap", "2", "--inflow", "5", "--yes");
    expect(made).toMatchObject({
      code: 0,
      answer: { created: true, line: { state: "closed", cap: 2, inflowPerSecond: 5, passTtlMs: 90_000 } },
    });
    const lineId = LineId.parse((made.answer["line"] as { id: string }).id);
    // What is left out keeps its value.
    expect(await line("setup", "--grace", "5m")).toMatchObject({
      code: 0,
      answer: { created: false, line: { cap: 2, passTtlMs: 90_000, graceMs: 300_000 } },
    });

    expect(await line("open")).toMatchObject({ code: 0, answer: { line: { state: "lobby" } } });
    expect(await line("setup", "--cap", "9")).toMatchObject({
      code: 4,
      answer: { error: { code: "line.settings_fixed" } },
    });
    container.lineCatalog.forget(eventId);
    const fans = await Promise.all(Array.from({ length: 5 }, () => app().account()));
    const standings = await joinAll(app(), lineId, fans);
    expect(await line("draw")).toMatchObject({ code: 2 });
    expect(await line("draw", "--yes")).toMatchObject({
      code: 0,
      answer: { waitsForPublicValue: true, line: { state: "drawing", drawn: 5 } },
    });
    await tick(container);
    await tick(container);
    expect(await state()).toBe("drawing");
    expect(await line("verify")).toMatchObject({
      code: 3,
      answer: { error: { code: "draw.not_published" } },
    });
    expect(await line("draw", "--public-value", "8a2f")).toMatchObject({ code: 0 });
    expect(await line("draw", "--public-value", "other")).toMatchObject({ code: 4 });
    await tick(container);
    await tick(container);
    expect(await state()).toBe("open");

    expect(await line("cap", "3")).toMatchObject({ code: 0, answer: { line: { cap: 3 } } });
    expect(await line("inflow", "7")).toMatchObject({ answer: { line: { inflowPerSecond: 7 } } });
    expect(await line("slow", "25")).toMatchObject({ answer: { line: { pacePct: 25 } } });
    expect(await line("notice", "Soon.")).toMatchObject({ answer: { line: { notice: "Soon.", cap: 3 } } });
    for (const [verb, now] of [
      ["pause", "paused"],
      ["resume", "open"],
      ["drain", "draining"],
      ["resume", "open"],
    ] as const) {
      expect(await line(verb)).toMatchObject({ code: 0 });
      expect(await state()).toBe(now);
    }
    expect(await line("resume")).toMatchObject({
      code: 4,
      answer: {
        error: {
          code: "line.bad_transition",
          message: "It is open: it can be paused, drained or closed.",
          details: { next: ["paused", "draining", "closed"] },
        },
      },
    });
    expect(await line("open")).toMatchObject({
      code: 4,
      answer: { error: { details: { next: ["paused", "draining", "closed"] } } },
    });

    const first = must(standings[0], "five joined");
    const verified = await line("verify", "--entry", first.entry);
    expect(verified).toMatchObject({
      code: 0,
      answer: { ok: true, entries: 5, comparedWith: { commitment: true, root: true } },
    });
    const mine = await app().as(must(fans[0], "five came")).line.mine({ eventId });
    expect(verified.answer["place"]).toBe(mine?.number);
    const proof = await app().as(null).line.proof({ lineId, entry: first.entry });
    await verifyFiles(container, { eventId, file: await container.services.lines.drawFile(lineId), proof });

    expect(await line("close")).toMatchObject({ code: 2 });
    expect(await line("close", "--yes")).toMatchObject({ code: 0, answer: { line: { state: "closed" } } });
    const watched = await text(container, "line", "watch", eventId);
    expect(watched).toMatchObject({ code: 0, err: "" });
    expect(watched.out).toMatch(/ {2}closed {2}waiting 0 {2}inside 0\/3 /);
  });

  test("waves name who was let in and why not more, and watch tells one object a second", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    const made = await run(
      container,
      "line",
      "setup",
      eventId,
      "--lobby",
      "now",
      "--draws",
      "+1h",
      "--cap",
      "1",
      "--yes",
    );
    const lineId = LineId.parse((made.answer["line"] as { id: string }).id);
    await tick(container);
    container.lineCatalog.forget(eventId);
    const fans = await Promise.all([app().account(), app().account()]);
    await joinAll(app(), lineId, fans);
    await run(container, "line", "draw", eventId, "--yes");
    // The draw, the opening, the room.
    for (let second = 0; second < 3; second++) await tick(container);
    for (const fan of fans) {
      const { ticket } = must(await app().as(fan).line.mine({ eventId }), "joined");
      await app().as(fan).line.checkIn({ ticket });
    }
    await tick(container);
    const { answer } = await run(container, "line", "waves", eventId);
    expect(answer).toMatchObject({ ok: true, waves: [{ admitted: 1, activeAfter: 1, numbers: [1] }] });
    const { out } = await text(container, "line", "watch", eventId, "--json", "--seconds", "1");
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      state: "open",
      waiting: 1,
      inside: 1,
      cap: 1,
      wave: { admitted: 1 },
    });
  });

  test("a line whose lobby was never open is removed again, one that fans stood in is not", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    const line = (verb: string, ...rest: string[]) => run(container, "line", verb, eventId, ...rest);
    await line("setup", "--draws", "+2h", "--yes");
    expect(await line("close", "--yes")).toMatchObject({
      code: 4,
      answer: { error: { message: expect.stringContaining("removed"), details: { next: ["lobby"] } } },
    });
    expect(await line("remove")).toMatchObject({ code: 2 });
    expect(await line("remove", "--yes")).toMatchObject({ code: 0, answer: { line: { state: "closed" } } });
    expect(await line("show")).toMatchObject({ answer: { lines: [] } });
    await line("setup", "--draws", "+2h", "--yes");
    // What stops nothing new needs no second word.
    expect(await line("setup", "--cap", "3")).toMatchObject({ code: 0, answer: { created: false } });
    await line("open");
    expect(await line("remove", "--yes")).toMatchObject({
      code: 4,
      answer: { error: { code: "line.settings_fixed" } },
    });
  });

  test.each([
    ["a draw that is past", ["--draws", "2020-01-01 10:00"], "is past"],
    ["a lobby after the draw", ["--draws", "+1h", "--lobby", "+2h"], "--lobby: The lobby must open before"],
    ["a cap of 0", ["--draws", "+1h", "--cap", "0"], "--cap"],
    ["a stay shorter than a pass", ["--draws", "+1h", "--pass", "5m", "--inside", "2m"], "--inside: "],
  ])("%s is refused at set-up, with the option and the rule", async (_what, options, words) => {
    const { container } = app();
    const eventId = await app().openEvent();
    const { code, out, err } = await text(container, "line", "setup", eventId, "--yes", ...options);
    expect(code).toBe(2);
    expect(`${out}${err}`).toContain(words);
    expect(await run(container, "line", "show", eventId)).toMatchObject({ answer: { lines: [] } });
  });

  test("a line for a window that the event does not have is refused", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    expect(
      await run(container, "line", "setup", eventId, "--window", "friends", "--draws", "+1h"),
    ).toMatchObject({ code: 2, answer: { error: { code: "input.invalid" } } });
  });
});

/** The file of a draw, as anybody has it: it holds, no altered one does, and the path of an entry leads to its root. */
async function verifyFiles(
  container: Container,
  { eventId, file, proof }: { eventId: string; file: DrawFile; proof: { entry: string; root: string } },
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "ticketctl-"));
  try {
    const save = async (name: string, value: unknown) => {
      await writeFile(path.join(folder, name), JSON.stringify(value));
      return path.join(folder, name);
    };
    const good = await save("draw.json", file);
    const proofFile = await save("path.json", proof);
    const verify = (...args: string[]) => run(container, "line", "verify", ...args);
    expect(await verify("--file", good, "--path", proofFile)).toMatchObject({
      code: 0,
      answer: { ok: true },
    });
    expect(await verify("--path", proofFile, "--root", proof.root)).toMatchObject({ code: 0 });
    expect(await verify("--path", proofFile, "--root", "0".repeat(64))).toMatchObject({
      code: 2,
      answer: { error: { code: "draw.refused", details: { why: "path_root" } } },
    });
    expect(await verify(eventId, "--file", good)).toMatchObject({ code: 2 });
    const swapped = await save("swapped.json", { ...file, entries: file.entries.toReversed() });
    expect(await verify("--file", swapped)).toMatchObject({
      code: 2,
      answer: { error: { code: "draw.refused", details: { why: "order", at: 2 } } },
    });
    const other = await save("other.json", { ...file, publicValue: "8a2e" });
    expect(await verify("--file", other)).toMatchObject({ code: 2 });
  } finally {
    await rm(folder, { recursive: true });
  }
}
