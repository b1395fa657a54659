import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { makeTicketSigner } from "@onsale/api/keys/ticket-signer";
import { makeTicketCodes } from "@onsale/api/keys/ticket-codes";
import { generateTheatre } from "@onsale/core/layout/generate/theatre";
import { EventState } from "@onsale/core/event/event";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CliError } from "./cli-error.ts";
import type { CliDeps } from "./cli.ts";
import type { CliEnvironment } from "./config.ts";
import { makeOutput } from "./output.ts";
import { buildProgram, runCli } from "./program.ts";
import { A_TICKET } from "./testing/a-ticket.ts";

let folder = "";
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "ticketctl-"))));
afterAll(() => rm(folder, { recursive: true }));
async function file(name: string, text: string): Promise<string> {
  await writeFile(path.join(folder, name), text);
  return path.join(folder, name);
}

function setUp(over: Partial<CliDeps> & { env?: CliEnvironment } = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const deps: CliDeps = {
    output: makeOutput({
      stdout: (text) => void out.push(text),
      stderr: (text) => void err.push(text),
      stdoutIsTty: false,
      stderrIsTty: false,
      wantsColor: null,
      columns: 100,
    }),
    env: {},
    container: () => Promise.reject(new Error("this command must not open a service")),
    signal: new AbortController().signal,
    ...over,
  };
  return { deps, out: () => out.join(""), err: () => err.join("") };
}

async function run(args: readonly string[], over: Parameters<typeof setUp>[0] = {}) {
  const { deps, out, err } = setUp(over);
  const code = await runCli(args, deps);
  return { code, out: out(), err: err() };
}
const json = (text: string): unknown => JSON.parse(text);

function leaves(command: Command, at: readonly string[] = []): string[][] {
  const children = command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== "help");
  return children.length === 0
    ? [[...at]]
    : children.flatMap((child) => leaves(child, [...at, child.name()]));
}
const commands = leaves(buildProgram({ ...setUp().deps, exitCode: 0, drain: false }));

describe("every command", () => {
  test("is there", () => {
    expect(commands.map((words) => words.join(" "))).toEqual(
      expect.arrayContaining([
        "import layout",
        "import events",
        "export layout",
        "event list",
        "event show",
        "event publish",
        "event pause",
        "event resume",
        "hold list",
        "hold release",
        "order show",
        "ticket verify",
        "migrate",
        "seed",
        "worker",
        "doctor",
        "reconcile",
      ]),
    );
  });

  test.each(commands.map((words) => [words.join(" "), words] as const))(
    "%s --help describes it, with examples",
    async (name, words) => {
      const { code, out, err } = await run([...words, "--help"]);
      expect([code, err]).toEqual([0, ""]);
      expect(out).toContain(`Usage: ticketctl ${name}`);
      expect(out).toMatch(/Examples:\n {2}\$ ticketctl /);
      expect(out).toContain("--json");
    },
  );
});

test("--help lists the exit codes", async () => {
  const { code, out } = await run(["--help"]);
  expect(code).toBe(0);
  expect(out).toContain("130  stopped by Ctrl-C");
});

test("--version is the version of the checkout, here and nowhere else", async () => {
  const root = JSON.parse(
    await readFile(path.join(import.meta.dirname, "../../../package.json"), "utf8"),
  ) as {
    version: string;
  };
  expect(await run(["--version"])).toEqual({ code: 0, out: `${root.version}\n`, err: "" });
});

test.each([
  [["imprt", "--json"], "unknown command 'imprt'"],
  [["event", "lst", "--json"], "unknown command 'lst'"],
  [["import", "layout", "--json"], "missing required argument 'file'"],
  [["event", "list", "--state", "bogus", "--json"], "on_sale"],
  [["event", "list", "--limit", "many", "--json"], "whole number"],
  [["event", "cancel", "a-show", "--json"], "--reason"],
  [["event", "--json"], "unknown option"],
  [["--json"], "unknown option"],
])("what is not understood is one JSON object with --json: %j", async (args, words) => {
  const { code, out } = await run(args);
  expect(code).toBe(2);
  const answer = json(out) as { ok: boolean; error: { code: string; message: string } };
  expect(answer).toMatchObject({ ok: false, error: { code: "input.invalid", details: {} } });
  expect(answer.error.message).toContain(words);
});

test("docs/ticketctl.md names every command, and no example there or in a help text is of one that is not", async () => {
  const docs = await readFile(path.join(import.meta.dirname, "../../../docs/ticketctl.md"), "utf8");
  const names = commands.map((words) => words.join(" "));
  expect(
    names.filter((name) => !docs.includes(`ticketctl ${name} `) && !docs.includes(`ticketctl ${name}\n`)),
  ).toEqual([]);
  const examples = [...docs.matchAll(/^ticketctl (.+)$/gm)].map((match) => match[1] ?? "");
  expect(examples.length).toBeGreaterThan(40);
  // `drill` is a command and has one of its own.
  const isKnown = (line: string) =>
    ["drill", ...names].some((name) => line === name || line.startsWith(`${name} `));
  expect(examples.filter((line) => !isKnown(line))).toEqual([]);
});

describe("completion", () => {
  const script = (shell: string) => run(["completion", shell]).then(({ out }) => out);

  type Completing = "bash" | "zsh" | "fish";
  /** Shells that this machine has; bash is everywhere. */
  const here = (["zsh", "fish"] as const).filter(
    (shell) => spawnSync(shell, ["-c", "true"], { stdio: "ignore" }).status === 0,
  );

  /** What a shell offers after these words. */
  async function offeredBy(shell: Completing, ...words: string[]): Promise<string[]> {
    const text = await script(shell);
    const typed = words.map((word) => `'${word}'`).join(" ");
    const call = `COMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; _ticketctl; echo "\${COMPREPLY[@]}"`;
    const ask = {
      bash: call,
      // As bashcompinit calls it: without a terminal zsh has no line to complete.
      zsh: `emulate -L sh; setopt kshglob noshglob braceexpand ksharrays; ${call}`,
      fish: `complete -C "${words.join(" ")}"`,
    }[shell];
    const out = execFileSync(shell, ["-c", `${text}\n${ask}`], { encoding: "utf8" });
    // fish writes one a line, with what it is behind a tab.
    const found =
      shell === "fish" ? out.split("\n").map((line) => line.split("\t")[0] ?? "") : out.split(" ");
    // zsh takes all that is found and keeps what fits itself.
    return found.map((word) => word.trim()).filter((word) => word !== "" && fits(word, words.at(-1) ?? ""));
  }
  const fits = (word: string, typed: string) => typed === "=" || word.startsWith(typed);
  const offered = (...words: string[]) => offeredBy("bash", ...words);

  test("bash is offered nouns, their verbs, options of a verb, and choices of an argument", async () => {
    expect(await offered("ticketctl", "ev")).toEqual(["event"]);
    expect(await offered("ticketctl", "event", "")).toEqual(
      expect.arrayContaining(["list", "show", "cancel", "block"]),
    );
    expect(await offered("ticketctl", "event", "list", "--st")).toEqual(["--state"]);
    expect(await offered("ticketctl", "event", "show", "some-show", "--j")).toEqual(["--json"]);
    expect(await offered("ticketctl", "completion", "z")).toEqual(["zsh"]);
  });

  test.each(["bash", ...here] as Completing[])(
    "%s offers the values of an option that has a closed set, and no other words there",
    async (shell) => {
      const states = await offeredBy(shell, "ticketctl", "event", "list", "--state", "");
      expect(states.toSorted()).toEqual([...EventState.options].sort());
      expect(await offeredBy(shell, "ticketctl", "export", "layout", "--format", "pre")).toEqual(["pretix"]);
      expect(await offeredBy(shell, "ticketctl", "account", "create", "--role", "op")).toEqual(["operator"]);
      expect(await offeredBy(shell, "ticketctl", "account", "role", "ada@example.org", "op")).toEqual([
        "operator",
      ]);
    },
  );

  test("a value after an equals sign is completed as the shell takes the word apart", async () => {
    const values = ["fan", "operator"];
    expect(await offered("ticketctl", "account", "list", "--role", "=", "o")).toEqual(["operator"]);
    expect(await offered("ticketctl", "account", "list", "--role", "=")).toEqual(
      expect.arrayContaining(values),
    );
    for (const shell of here)
      expect((await offeredBy(shell, "ticketctl", "account", "list", "--role=op")).at(0)).toBe(
        "--role=operator",
      );
  });

  test("where nobody can list the values nothing is offered, so that bash goes on to file names", async () => {
    expect(await offered("ticketctl", "export", "layout", "--output", "")).toEqual([]);
    expect(await offered("ticketctl", "export", "layout", "-o", "")).toEqual([]);
    expect(await offered("ticketctl", "export", "layout", "--json", "--o")).toEqual(["--output"]);
  });

  test.each(["bash", "zsh", "fish"])(
    "the script for %s knows every command, and needs no ticketctl to run",
    async (shell) => {
      const text = await script(shell);
      for (const words of commands) expect(text).toContain(words.join(" "));
      expect(text).not.toMatch(/\$\(ticketctl|`ticketctl/);
    },
  );

  test("another shell is refused with those that there are", async () => {
    expect(await run(["completion", "csh"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("bash, zsh, fish"),
    });
  });
});

test.each([
  [["import", "layout", "--json"], "dryRun", false],
  [["import", "layout", "--dry-run", "--json"], "dryRun", true],
  [["import", "events", "--json"], "dryRun", false],
  [["import", "events", "--dry-run", "--json"], "dryRun", true],
])("dryRun says what was asked for, not whether something was saved: %j", async (args, key, said) => {
  const bad = await file("faults.csv", "title,start\nA,never\n");
  const [noun = "", verb = "", ...options] = args;
  expect(json((await run([noun, verb, bad, ...options])).out)).toMatchObject({ ok: false, [key]: said });
});

describe("what is not understood ends with 2, words on stderr, nothing on stdout", () => {
  test.each([
    [["imprt"], "Did you mean import?"],
    [["event", "lst"], "Did you mean list?"],
    [["import", "layout"], "missing required argument 'file'"],
    [["import", "layout", "x.json", "--formt", "csv"], "Did you mean --format?"],
    [["import", "layout", "x.json", "--format", "xls"], "Allowed choices are onsale, pretix"],
    [["import", "layout", "x.csv", "--columns", "seat"], "no pair such as section=Block"],
    [["import", "events", "x.csv", "--venue-timezone", "Zurich"], "no IANA time zone"],
    [["event", "list", "--limit", "many"], "whole number"],
    [["hold", "release", "a-show", "x"], "--yes"],
    [["import", "layout", "no-such-file.json"], 'There is no file "no-such-file.json".'],
    [["seed"], "seed --demo"],
    [[], "Usage: ticketctl"],
  ])("%j", async (args, words) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(words);
  });
});

describe("import layout", () => {
  test("a dry run needs no service and prints one JSON object", async () => {
    const { code, out } = await run([
      "import",
      "layout",
      await file("hall.json", JSON.stringify(generateTheatre())),
      "--dry-run",
      "--json",
    ]);
    expect(code).toBe(0);
    const answer = json(out);
    expect(answer).toMatchObject({ ok: true, format: "onsale", gaCapacity: 0, problems: [] });
    expect(Object.keys(answer as object)).toEqual(
      expect.arrayContaining([
        "ok",
        "format",
        "seats",
        "gaCapacity",
        "sections",
        "rows",
        "categories",
        "problems",
      ]),
    );
  });

  test("a file with a fault ends with 2 and the list of its faults, here and as JSON", async () => {
    const bad = await file("bad.csv", "section,row,seat,category\nA,1,1,Blue\nA,1,1,Blue\n");
    const asJson = await run(["import", "layout", bad, "--json"]);
    expect(asJson.code).toBe(2);
    expect(json(asJson.out)).toMatchObject({
      ok: false,
      seats: 2,
      problems: [{ code: "seat.duplicate_label" }],
    });
    expect((await run(["import", "layout", bad, "--dry-run"])).code).toBe(2);
    const verdict = await run(["import", "layout", bad, "--dry-run", "--json"]);
    expect(verdict.code).toBe(0);
    expect(json(verdict.out)).toMatchObject({ ok: false });
    const words = await run(["import", "layout", bad]);
    expect(words.code).toBe(2);
    expect(words.out).toContain("seat.duplicate_label");
  });

  test("Latin-1 and UTF-16 of a spreadsheet are read as in the portal, and a guess is said", async () => {
    const list = "Sektor;Reihe;Platz\r\nSüdtribüne;1;007\r\n";
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(list, "utf16le")]);
    const written: [string, Buffer][] = [
      ["latin1.csv", Buffer.from(list, "latin1")],
      ["utf16.csv", utf16],
    ];
    for (const [name, bytes] of written) {
      await writeFile(path.join(folder, name), bytes);
      const { code, out, err } = await run([
        "import",
        "layout",
        path.join(folder, name),
        "--dry-run",
        "--json",
      ]);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ ok: true, seats: 1 });
      expect(err.includes("Windows-1252")).toBe(name === "latin1.csv");
    }
  });

  test("a file that is no text is refused in plain words", async () => {
    await writeFile(path.join(folder, "photo.json"), Buffer.from([0x89, 0x50, 0xff, 0xd8, 0x00]));
    const { code, err } = await run(["import", "layout", path.join(folder, "photo.json")]);
    expect(code).toBe(2);
    expect(err).toContain("is no text");
  });
});

test("a layout is converted without a service, and comes back the same", async () => {
  const layout = generateTheatre();
  const source = await file("theatre.json", JSON.stringify(layout));
  const target = path.join(folder, "out.json");
  expect((await run(["export", "layout", source, "-o", target])).code).toBe(0);
  const again = await run(["export", "layout", target]);
  expect(json(again.out)).toEqual(layout);
  const csv = await run(["export", "layout", source, "--format", "csv"]);
  expect(csv.out.split("\r\n")[0]).toContain("section");
});

describe("import events", () => {
  const good = "title,start,venue,timezone\nA,2027-07-05 20:00,Hall,Europe/Zurich\n";
  test("a dry run needs no service", async () => {
    const { code, out } = await run([
      "import",
      "events",
      await file("good.csv", good),
      "--dry-run",
      "--json",
    ]);
    expect(code).toBe(0);
    expect(json(out)).toMatchObject({ ok: true, format: "csv", found: 1, accepted: 1, problems: [] });
  });

  test("one fault refuses the file; --partial takes the others", async () => {
    const bad = await file("faulty.csv", `${good}B,never,Hall,Europe/Zurich\n`);
    const refused = await run(["import", "events", bad]);
    expect(refused.code).toBe(2);
    expect(refused.out).toContain("line 3");
    const partial = await run(["import", "events", bad, "--partial", "--dry-run", "--json"]);
    expect(partial.code).toBe(0);
    expect(json(partial.out)).toMatchObject({ ok: false, found: 2, accepted: 1 });
  });
});

describe("ticket verify", () => {
  const seed = randomBytes(32).toString("base64url");
  const signer = makeTicketSigner(seed);
  const code = makeTicketCodes(signer)(A_TICKET);

  test("a genuine code is known by the public key alone", async () => {
    const key = await file("door.pub", `${signer.publicKey}\n`);
    const { code: exit, out } = await run(["ticket", "verify", code, "--key", key, "--json"]);
    expect(exit).toBe(0);
    expect(json(out)).toMatchObject({ ok: true, kind: "valid", claim: { seatNo: 41 } });
  });

  test("an altered code, a foreign key and no key at all are refused", async () => {
    const altered = code.slice(0, 40) + (code[40] === "A" ? "B" : "A") + code.slice(41);
    expect((await run(["ticket", "verify", altered], { env: { TICKET_SIGNING_KEY: seed } })).code).toBe(2);
    const foreign = { TICKET_SIGNING_KEY: randomBytes(32).toString("base64url") };
    expect((await run(["ticket", "verify", code], { env: foreign })).out).toContain("not ours");
    expect((await run(["ticket", "verify", code])).err).toContain("--key FILE");
  });
});

describe("failures", () => {
  const container = () => Promise.reject(new CliError("drill_line_closed"));
  test("end with the code of their category and say why on stderr", async () => {
    expect(await run(["event", "list"], { container })).toEqual({
      code: 9,
      out: "",
      err: "✗ Nobody opened the drill's line. `ticketctl doctor` says whether a worker runs.\n",
    });
  });
  test("are one JSON object with --json", async () => {
    const { code, out } = await run(["event", "list", "--json"], { container });
    expect(code).toBe(9);
    expect(json(out)).toEqual({
      ok: false,
      error: {
        code: "service.unavailable",
        message: expect.stringContaining("Nobody opened"),
        details: { why: "drill_line_closed" },
      },
    });
  });
});

test("a signal ends a command that waits for ever", async () => {
  const stop = new AbortController();
  const { deps } = setUp({ signal: stop.signal, container: () => new Promise(() => undefined) });
  const ended = runCli(["event", "list"], deps);
  stop.abort();
  expect(await ended).toBe(143);
});
