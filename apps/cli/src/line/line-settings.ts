import { schemaRule } from "@onsale/core/shared/schema-rule";
import { ruleWords } from "@onsale/words/rule-words";
import { TERMINAL_LOCALE } from "../terminal-locale.ts";
import type { EventSummary } from "@onsale/core/event/event-store";
import { PUBLIC_WINDOW, windowKeyOf } from "@onsale/core/event/window-key";
import { type LineRecord, LineSettings } from "@onsale/core/line/line";
import { formatSortable } from "@onsale/core/shared/format";
import { readTime, TIME_WORDS } from "./line-options.ts";
import { CliError } from "../cli-error.ts";

/** As typed; what is left out stays as it is, or as the defaults have it. */
export type SetupWishes = {
  readonly lobby?: string;
  readonly draws?: string;
  readonly cap?: number;
  readonly inflow?: number;
  readonly pass?: number;
  readonly inside?: number;
  readonly grace?: number;
  readonly onePer?: "account" | "address";
  readonly verifiedEmail?: boolean;
  readonly publicValueSource?: string;
  readonly notice?: string;
};

const LOBBY_BEFORE_MS = 30 * 60_000;

type Asked = {
  readonly event: Pick<EventSummary, "saleWindows" | "timeZone">;
  readonly windowKey: string;
  /** The line that is there already. */
  readonly line: LineRecord | null;
  readonly nowMs: number;
};

/** The settings that these wishes make; input.invalid says which of them cannot be. */
export function settingsFrom(wishes: SetupWishes, { event, windowKey, line, nowMs }: Asked): LineSettings {
  const at = (name: string, text: string | undefined) => {
    if (text === undefined) return undefined;
    const atMs = readTime(text, { timeZone: event.timeZone, nowMs });
    if (atMs === null) throw refused(`--${name} "${text}" is no time. Give ${TIME_WORDS}.`);
    return atMs;
  };
  const asked = at("draws", wishes.draws);
  if (asked !== undefined && asked < nowMs)
    throw refused(
      `--draws "${wishes.draws}" is past: that was ${formatSortable(asked, event.timeZone)} ${event.timeZone}. Give ${TIME_WORDS}.`,
    );
  const drawsAtMs = asked ?? line?.drawsAtMs ?? releaseOf(event, windowKey, nowMs);
  const lobbyOpensAtMs =
    at("lobby", wishes.lobby) ??
    line?.lobbyOpensAtMs ??
    Math.min(drawsAtMs, Math.max(nowMs, drawsAtMs - LOBBY_BEFORE_MS));
  const source = wishes.publicValueSource;
  const parsed = LineSettings.safeParse({
    ...(line ? settingsOf(line) : {}),
    windowKey,
    lobbyOpensAtMs,
    drawsAtMs,
    ...defined({
      cap: wishes.cap,
      inflowPerSecond: wishes.inflow,
      passTtlMs: wishes.pass,
      passMaxMs: wishes.inside,
      graceMs: wishes.grace,
      onePer: wishes.onePer,
      requireVerifiedEmail: wishes.verifiedEmail,
      publicValueSource: source === undefined ? undefined : source.trim() === "" ? null : source,
      notice: wishes.notice,
    }),
  });
  if (parsed.success) return parsed.data;
  throw refused(
    parsed.error.issues
      .map((issue) => {
        const option = OPTION_OF[String(issue.path[0])] ?? "line";
        return `${option}: ${ruleWords(schemaRule(issue), TERMINAL_LOCALE)}`;
      })
      .join(" "),
  );
}

/** The windows of an event that may have a line, the public one first. */
export function windowKeysOf(event: Pick<EventSummary, "saleWindows">): string[] {
  return [...new Set([PUBLIC_WINDOW, ...event.saleWindows.map(windowKeyOf)])];
}

function releaseOf(event: Asked["event"], windowKey: string, nowMs: number): number {
  const opens = event.saleWindows
    .filter((window) => windowKeyOf(window) === windowKey && window.opensAtMs > nowMs)
    .map((window) => window.opensAtMs);
  if (opens.length === 0)
    throw refused(
      `No opening of this sale window lies ahead: say with --draws when to draw (${TIME_WORDS}).`,
    );
  return Math.min(...opens);
}

/** A line without what it became: its settings alone. */
function settingsOf(line: LineRecord): LineSettings {
  return {
    windowKey: line.windowKey,
    lobbyOpensAtMs: line.lobbyOpensAtMs,
    drawsAtMs: line.drawsAtMs,
    onePer: line.onePer,
    requireVerifiedEmail: line.requireVerifiedEmail,
    publicValueSource: line.publicValueSource,
    cap: line.cap,
    inflowPerSecond: line.inflowPerSecond,
    pacePct: line.pacePct,
    passTtlMs: line.passTtlMs,
    passMaxMs: line.passMaxMs,
    graceMs: line.graceMs,
    notice: line.notice,
  };
}

const defined = (wishes: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));

const refused = (message: string) => new CliError("input.invalid", message);

const OPTION_OF: Readonly<Record<string, string>> = {
  lobbyOpensAtMs: "--lobby",
  drawsAtMs: "--draws",
  cap: "--cap",
  inflowPerSecond: "--inflow",
  passTtlMs: "--pass",
  passMaxMs: "--inside",
  graceMs: "--grace",
  publicValueSource: "--public-value-source",
  notice: "--notice",
};
