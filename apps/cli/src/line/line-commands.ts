import type { LineRecord } from "@onsale/core/line/line";
import { drawFilePath } from "@onsale/core/line/line-paths";
import { isDrawn, lineFiguresOf, type LineMoment } from "@onsale/core/line/staff-figures";
import { waveTone } from "@onsale/core/line/wave-tone";
import { lineStateWords, reasonWords } from "@onsale/words/line-words";
import { TERMINAL_LOCALE } from "../terminal-locale.ts";
import type { EventSummary } from "@onsale/core/event/event-store";
import { isWindowSelling } from "@onsale/core/event/sale-window";
import { PUBLIC_WINDOW } from "@onsale/core/event/window-key";
import { ACTOR, type Cli } from "../cli.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { findLine, findLines, pickLine } from "./find-line.ts";
import { durationWords } from "./line-options.ts";
import { type LineOptions, leverWords } from "./lever-commands.ts";
import { clockText } from "./line-screen.ts";
import { settingsFrom, type SetupWishes, windowKeysOf } from "./line-settings.ts";
import { CliError } from "../cli-error.ts";

type Yes = { readonly yes?: boolean };

export async function setUp(cli: Cli, id: string, options: LineOptions & SetupWishes & Yes): Promise<void> {
  const container = await cli.container();
  const { event, lines } = await findLines(container, id);
  const windowKey = options.window ?? PUBLIC_WINDOW;
  const keys = windowKeysOf(event);
  if (!keys.includes(windowKey))
    throw new CliError("no_sale_window", { title: event.title, windowKey, known: keys });
  const known = lines.find((line) => line.windowKey === windowKey) ?? null;
  const nowMs = container.clock.nowMs();
  const settings = settingsFrom(options, { event, windowKey, line: known, nowMs });
  if (!known && !options.yes && isWindowSelling(event, windowKey, nowMs))
    throw new CliError("yes_line_sale", {
      title: event.title,
      drawsAtMs: settings.drawsAtMs,
      timeZone: event.timeZone,
    });
  const line = known
    ? await container.services.lines.configure(ACTOR, {
        lineId: known.id,
        version: known.settingsVersion,
        settings,
      })
    : await container.services.lines.create(ACTOR, { eventId: event.id, settings });
  if (options.json) {
    cli.output.json({ ok: true, created: known === null, line });
    return;
  }
  cli.output.good(`${event.title} ${known ? "keeps its line, changed" : "has a line"}: ${windowKey}`);
  cli.output.pairs(rulesOf(line, event));
}

/** Takes a line back whose lobby was never open. */
export async function remove(cli: Cli, id: string, options: LineOptions & Yes): Promise<void> {
  const container = await cli.container();
  const { event, line } = await findLine(container, id, options.window);
  if (!options.yes) throw new CliError("yes_line_remove", { title: event.title, windowKey: line.windowKey });
  const removed = await container.services.lines.remove(ACTOR, line.id);
  if (options.json) cli.output.json({ ok: true, line: removed });
  else cli.output.good(`Removed: the line of ${event.title}, ${removed.windowKey}`);
}

export async function show(cli: Cli, id: string, options: LineOptions): Promise<void> {
  const container = await cli.container();
  const found = await findLines(container, id);
  const shown = options.window === undefined ? found.lines : [pickLine(found, options.window)];
  const live = await Promise.all(shown.map((line) => container.services.lines.live(ACTOR, line.id)));
  if (options.json) {
    cli.output.json({ ok: true, event: { id: found.event.id, slug: found.event.slug }, lines: live });
    return;
  }
  if (live.length === 0) {
    cli.output.note(
      `${found.event.title} has no line. \`ticketctl line setup ${found.event.slug}\` makes one.`,
    );
    return;
  }
  for (const [index, moment] of live.entries()) {
    if (index > 0) cli.output.line();
    const words = lineStateWords(moment.line, TERMINAL_LOCALE);
    cli.output.line(cli.output.strong(`${found.event.title} · ${moment.line.windowKey} · ${words.label}`));
    cli.output.line(`  ${cli.output.faint(words.fans)}`);
    cli.output.pairs([
      ["id", moment.line.id],
      ...rulesOf(moment.line, found.event),
      ...standOf(moment),
      ...proofOf(moment.line, container.config.publicUrl),
    ]);
  }
}

export async function waves(
  cli: Cli,
  id: string,
  options: LineOptions & { limit: number; before?: number },
): Promise<void> {
  const container = await cli.container();
  const { event, line } = await findLine(container, id, options.window);
  const rows = await container.services.lines.waves(ACTOR, {
    lineId: line.id,
    limit: options.limit,
    ...(options.before === undefined ? {} : { beforeSeq: options.before }),
  });
  if (options.json) {
    cli.output.json({ ok: true, lineId: line.id, waves: rows });
    return;
  }
  if (rows.length === 0) {
    cli.output.note("No wave yet. One is written down whenever somebody is let in.");
    return;
  }
  cli.output.table(rows, [
    { head: "wave", of: (wave) => wave.seq },
    { head: "at", of: (wave) => clockText(wave.atMs, event.timeZone) },
    { head: "let in", of: (wave) => wave.admitted },
    { head: "inside", of: (wave) => wave.activeAfter },
    { head: "cap", of: (wave) => wave.inputs.cap },
    {
      head: "why not more",
      of: (wave) => reasonWords(wave.reason, TERMINAL_LOCALE).label,
      tone: (wave) => (waveTone(wave.reason) === "stop" ? "bad" : "plain"),
    },
    { head: "front", of: (wave) => wave.inputs.front },
    { head: "orders", of: (wave) => wave.inputs.ordersWaiting },
    { head: "db ms", of: (wave) => Math.round(wave.inputs.databaseMs) },
    { head: "pay ms", of: (wave) => Math.round(wave.inputs.providerMs) },
    { head: "free", of: (wave) => wave.inputs.free },
    { head: "held", of: (wave) => wave.inputs.held },
  ]);
  cli.output.note(`${rows.length} waves, ${rows.reduce((sum, wave) => sum + wave.admitted, 0)} let in`);
}

type Pairs = (readonly [string, string | number])[];

function rulesOf(line: LineRecord, event: Pick<EventSummary, "timeZone">): Pairs {
  return [
    ["lobby", formatSortable(line.lobbyOpensAtMs, event.timeZone)],
    ["draw", `${formatSortable(line.drawsAtMs, event.timeZone)} ${event.timeZone}`],
    ["levers", leverWords(line)],
    [
      "pass",
      `${durationWords(line.passTtlMs)} without a sign of life, ${durationWords(line.passMaxMs)} at most`,
    ],
    ["missed turn", `kept for ${durationWords(line.graceMs)}`],
    [
      "one per",
      `${line.onePer === "account" ? "account" : "mailbox"}${line.requireVerifiedEmail ? ", confirmed e-mail needed" : ""}`,
    ],
    ...(line.publicValueSource === null ? [] : ([["draw waits for", line.publicValueSource]] as const)),
  ];
}

function standOf(moment: LineMoment): Pairs {
  const { waiting, inside, perMinute, free, conversion } = lineFiguresOf(moment);
  const { ended, joined, admitted } = moment.counts;
  return [
    ["joined", joined],
    [isDrawn(moment.line) ? "waiting" : "in the lobby", waiting],
    ["let in", admitted],
    ["inside", inside],
    ...(perMinute === null ? [] : ([["per minute", Math.round(perMinute)]] as const)),
    ...(free === null ? [] : ([["free places", free]] as const)),
    ["bought", conversion === null ? ended.bought : `${ended.bought} (${Math.round(conversion * 100)} %)`],
  ];
}

function proofOf(line: LineRecord, publicUrl: string): Pairs {
  return [
    ...(line.commitment === null ? [] : ([["commitment", line.commitment]] as const)),
    ...(line.entriesRoot === null ? [] : ([["entries' root", line.entriesRoot]] as const)),
    ...(line.publicValue === null ? [] : ([["public value", line.publicValue]] as const)),
    ...(line.seed === null
      ? []
      : ([
          ["seed", line.seed],
          ["draw file", `${publicUrl}${drawFilePath(line.id)}`],
        ] as const)),
  ];
}
