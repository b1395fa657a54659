import type { AdminLine } from "@onsale/contract/admin-line";
import type { AdminEvent } from "@onsale/contract/admin-event";
import type { Locale } from "@onsale/core/shared/locale";
import { PUBLIC_WINDOW, windowKeyOf } from "@onsale/core/event/window-key";
import { LineSettings } from "@onsale/core/line/line";
import { LINE_DEFAULTS } from "@onsale/core/line/line-defaults";
import { faultWords, type FieldWords, typedAt } from "../admin/fault-words.ts";
import { inputToMs, msToInput } from "../admin/local-time.ts";

/** The form as typed; times are the venue's wall clock. */
export type LineForm = {
  lobbyOpensAt: string;
  drawsAt: string;
  cap: string;
  inflow: string;
  passTtlMinutes: string;
  passMaxMinutes: string;
  graceMinutes: string;
  onePer: "account" | "address";
  requireVerifiedEmail: boolean;
  publicValueSource: string;
  notice: string;
};

/** A window that may have a line of its own. */
export type LineWindow = {
  readonly key: string;
  readonly label: string;
  readonly kind: "public" | "presale";
  /** When selling begins there; null: whenever the event is on sale. */
  readonly opensAtMs: number | null;
};

const MINUTE_MS = 60_000;
const LOBBY_BEFORE_MS = 30 * MINUTE_MS;
const LOBBY_MIN_MS = 10 * MINUTE_MS;

/** The public sale first, whether it has windows or not, then each presale once. */
export function windowsOf(event: Pick<AdminEvent, "saleWindows">): LineWindow[] {
  const ordered = [...event.saleWindows].sort((a, b) => a.opensAtMs - b.opensAtMs);
  const open = ordered.find((window) => window.kind === "public");
  const windows = new Map<string, LineWindow>([
    [
      PUBLIC_WINDOW,
      {
        key: PUBLIC_WINDOW,
        label: open?.label ?? "Public sale",
        kind: "public",
        opensAtMs: open?.opensAtMs ?? null,
      },
    ],
  ]);
  for (const window of ordered) {
    const key = windowKeyOf(window);
    if (!windows.has(key))
      windows.set(key, { key, label: window.label, kind: window.kind, opensAtMs: window.opensAtMs });
  }
  return [...windows.values()];
}

/** A new line draws when its window opens, or in a while when that is past, and its lobby opens half an hour before. */
export function newLineForm(
  window: LineWindow,
  { timeZone, nowMs }: { timeZone: string; nowMs: number },
): LineForm {
  const soonest = Math.ceil((nowMs + LOBBY_MIN_MS) / MINUTE_MS) * MINUTE_MS;
  const drawsAtMs = Math.max(window.opensAtMs ?? soonest + LOBBY_BEFORE_MS, soonest);
  const lobbyOpensAtMs = Math.max(drawsAtMs - LOBBY_BEFORE_MS, Math.min(soonest, drawsAtMs) - LOBBY_MIN_MS);
  return {
    lobbyOpensAt: msToInput(lobbyOpensAtMs, timeZone),
    drawsAt: msToInput(drawsAtMs, timeZone),
    cap: String(LINE_DEFAULTS.cap),
    inflow: String(LINE_DEFAULTS.inflowPerSecond),
    passTtlMinutes: String(LINE_DEFAULTS.passTtlMs / MINUTE_MS),
    passMaxMinutes: String(LINE_DEFAULTS.passMaxMs / MINUTE_MS),
    graceMinutes: String(LINE_DEFAULTS.graceMs / MINUTE_MS),
    onePer: "account",
    requireVerifiedEmail: false,
    publicValueSource: "",
    notice: "",
  };
}

export function formOfLine(line: AdminLine, timeZone: string): LineForm {
  return {
    lobbyOpensAt: msToInput(line.lobbyOpensAtMs, timeZone),
    drawsAt: msToInput(line.drawsAtMs, timeZone),
    cap: String(line.cap),
    inflow: String(line.inflowPerSecond),
    passTtlMinutes: String(line.passTtlMs / MINUTE_MS),
    passMaxMinutes: String(line.passMaxMs / MINUTE_MS),
    graceMinutes: String(line.graceMs / MINUTE_MS),
    onePer: line.onePer,
    requireVerifiedEmail: line.requireVerifiedEmail,
    publicValueSource: line.publicValueSource ?? "",
    notice: line.notice,
  };
}

export type LineFaults = Readonly<Record<string, string>>;

type ReadWith = {
  readonly windowKey: string;
  readonly timeZone: string;
  readonly pacePct: number;
  readonly locale: Locale;
};

/** The same schema that the API applies; faults by field name. `pacePct` is a lever and no setting of this form. */
export function readLineForm(
  form: LineForm,
  { windowKey, timeZone, pacePct, locale }: ReadWith,
): { settings: LineSettings } | { faults: LineFaults } {
  const typed = {
    windowKey,
    lobbyOpensAtMs: inputToMs(form.lobbyOpensAt, timeZone) ?? undefined,
    drawsAtMs: inputToMs(form.drawsAt, timeZone) ?? undefined,
    onePer: form.onePer,
    requireVerifiedEmail: form.requireVerifiedEmail,
    publicValueSource: form.publicValueSource.trim() === "" ? null : form.publicValueSource,
    cap: number(form.cap),
    inflowPerSecond: number(form.inflow),
    pacePct,
    passTtlMs: minutes(form.passTtlMinutes),
    passMaxMs: minutes(form.passMaxMinutes),
    graceMs: minutes(form.graceMinutes),
    notice: form.notice,
  };
  const parsed = LineSettings.safeParse(typed);
  if (parsed.success) return { settings: parsed.data };
  const faults: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0]);
    faults[field] ??= faultWords(issue, FIELD_WORDS[field] ?? {}, {
      value: typedAt(typed, issue.path),
      locale,
    });
  }
  return { faults };
}

/** An empty field is no zero. */
const number = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));
const minutes = (text: string): number => Math.round(number(text) * MINUTE_MS);

const FIELD_WORDS: Readonly<Record<string, FieldWords>> = {
  lobbyOpensAtMs: { missing: "When does the lobby open?" },
  drawsAtMs: { missing: "When is the draw?" },
  cap: { range: "A whole number from 1 to 200,000: with 0 nobody is ever let in." },
  inflowPerSecond: { range: "A whole number from 1 to 20,000: with 0 nobody is ever let in." },
  passTtlMs: { range: "From 0.1 to 15 minutes." },
  passMaxMs: { range: "From 0.2 to 120 minutes." },
  graceMs: { range: "From 0 to 60 minutes." },
};

/** What the fields are called on the page. */
export const LINE_LABELS: Readonly<Record<keyof LineForm, string>> = {
  lobbyOpensAt: "Lobby opens",
  drawsAt: "Draw",
  cap: "Cap",
  inflow: "Inflow per second",
  passTtlMinutes: "Without a sign of life",
  passMaxMinutes: "Time inside",
  graceMinutes: "Grace",
  onePer: "One place per",
  requireVerifiedEmail: "Confirmed addresses only",
  publicValueSource: "Public value",
  notice: "Notice",
};
