import { schemaFaults } from "@onsale/core/shared/schema-faults";
import type { EventSummary } from "@onsale/core/event/event-store";
import { PUBLIC_WINDOW, windowKeyOf } from "@onsale/core/event/window-key";
import { type LineRecord, LineSettings } from "@onsale/core/line/line";
import { readTime } from "./line-options.ts";
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
    if (atMs === null) throw new CliError("option_is_no_time", { option: `--${name}`, text });
    return atMs;
  };
  const asked = at("draws", wishes.draws);
  if (asked !== undefined && asked < nowMs)
    throw new CliError("draw_is_past", {
      text: wishes.draws ?? "",
      atMs: asked,
      timeZone: event.timeZone,
    });
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
  throw new CliError("line_options", {
    faults: schemaFaults(parsed.error.issues).map((fault) => ({
      ...fault,
      option: OPTION_OF[fault.path.split(".")[0] ?? ""] ?? "line",
    })),
  });
}

/** The windows of an event that may have a line, the public one first. */
export function windowKeysOf(event: Pick<EventSummary, "saleWindows">): string[] {
  return [...new Set([PUBLIC_WINDOW, ...event.saleWindows.map(windowKeyOf)])];
}

function releaseOf(event: Asked["event"], windowKey: string, nowMs: number): number {
  const opens = event.saleWindows
    .filter((window) => windowKeyOf(window) === windowKey && window.opensAtMs > nowMs)
    .map((window) => window.opensAtMs);
  if (opens.length === 0) throw new CliError("no_opening_ahead");
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
