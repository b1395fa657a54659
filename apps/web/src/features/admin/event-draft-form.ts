import { EventDraft } from "@onsale/core/event/event";
import { windowKeyOf } from "@onsale/core/event/window-key";
import type { AdminEvent } from "../../trpc/types.ts";
import { inputToMs, msToInput } from "./local-time.ts";

/** The form as typed; times are the venue's wall clock. */
export type DraftForm = {
  title: string;
  slug: string;
  subtitle: string;
  genre: string;
  description: string;
  venueId: string;
  layoutId: string;
  timeZone: string;
  currency: string;
  startsAt: string;
  doorsAt: string;
  endsAt: string;
  holdMinutes: string;
  maxPerFan: string;
  windows: WindowForm[];
};
export type WindowForm = {
  kind: "public" | "presale";
  label: string;
  opensAt: string;
  closesAt: string;
  /** Presales only: what codes, lists and the line go by. Kept as it is when the label changes. */
  key: string;
  /** Presales only: how many places, or "" for all. */
  allotment: string;
};

const DEFAULT_HOLD_MINUTES = "5";
const DEFAULT_MAX_PER_FAN = "6";
const MINUTE_MS = 60_000;

export function formOf(
  event: AdminEvent | null,
  first: { venueId: string; timeZone: string; layoutId?: string },
): DraftForm {
  const zone = event?.timeZone ?? first.timeZone;
  return {
    title: event?.title ?? "",
    slug: event?.slug ?? "",
    subtitle: event?.subtitle ?? "",
    genre: event?.genre ?? "",
    description: event?.description ?? "",
    venueId: event?.venue.id ?? first.venueId,
    layoutId: event ? (event.layoutId ?? "") : (first.layoutId ?? ""),
    timeZone: zone,
    currency: event?.currency ?? "EUR",
    startsAt: msToInput(event?.startsAtMs ?? null, zone),
    doorsAt: msToInput(event?.doorsAtMs ?? null, zone),
    endsAt: msToInput(event?.endsAtMs ?? null, zone),
    holdMinutes: event ? String(event.holdTtlMs / MINUTE_MS) : DEFAULT_HOLD_MINUTES,
    maxPerFan: event ? String(event.maxPerFan) : DEFAULT_MAX_PER_FAN,
    windows: (event?.saleWindows ?? []).map((window) => ({
      kind: window.kind,
      label: window.label,
      opensAt: msToInput(window.opensAtMs, zone),
      closesAt: msToInput(window.closesAtMs, zone),
      key: window.kind === "presale" ? windowKeyOf(window) : "",
      allotment: window.allotment === undefined ? "" : String(window.allotment),
    })),
  };
}

export type Faults = Readonly<Record<string, string>>;

/** The same schema that the API applies, so what passes here passes there; faults by field name. */
export function readDraft(form: DraftForm): { draft: EventDraft } | { faults: Faults } {
  const parsed = EventDraft.safeParse({
    slug: form.slug,
    title: form.title,
    subtitle: form.subtitle,
    description: form.description,
    genre: form.genre,
    venueId: form.venueId,
    layoutId: form.layoutId === "" ? null : form.layoutId,
    timeZone: form.timeZone,
    currency: form.currency.toUpperCase(),
    startsAtMs: inputToMs(form.startsAt, form.timeZone) ?? undefined,
    doorsAtMs: inputToMs(form.doorsAt, form.timeZone),
    endsAtMs: inputToMs(form.endsAt, form.timeZone),
    holdTtlMs: Number(form.holdMinutes) * MINUTE_MS,
    maxPerFan: Number(form.maxPerFan),
    saleWindows: form.windows.map((window) => windowDraft(window, form.timeZone)),
  });
  if (parsed.success) return { draft: parsed.data };
  const faults: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = faultField(issue.path);
    faults[field] ??= FAULT_WORDS[field] ?? issue.message;
  }
  return { faults };
}

function windowDraft(window: WindowForm, timeZone: string) {
  const { kind, label } = window;
  const key = window.key.trim();
  const allotment = window.allotment.trim();
  return {
    kind,
    label,
    opensAtMs: inputToMs(window.opensAt, timeZone) ?? undefined,
    closesAtMs: inputToMs(window.closesAt, timeZone) ?? undefined,
    ...(kind === "presale" && { key: key === "" ? windowKeyOf({ kind, label }) : key }),
    ...(kind === "presale" && allotment !== "" && { allotment: Number(allotment) }),
  };
}

function faultField(path: readonly PropertyKey[]): string {
  const [field = "form", , part] = path;
  return field === "saleWindows" && (part === "key" || part === "allotment")
    ? `saleWindows.${part}`
    : String(field);
}

const FAULT_WORDS: Readonly<Record<string, string>> = {
  title: "An event needs a title.",
  slug: "Use small letters, digits and single hyphens.",
  venueId: "Choose a venue.",
  startsAtMs: "When does it start?",
  currency: "A currency in use, such as EUR.",
  timeZone: "A zone such as Europe/Zurich.",
  holdTtlMs: "Between 1 and 30 minutes.",
  maxPerFan: "Between 1 and 50.",
  saleWindows: "Every sale window needs a name, a start and a later end, and every presale a key of its own.",
  "saleWindows.key": "A key has small letters, digits and single dashes, and is not public.",
  "saleWindows.allotment": "How many places a presale may sell: a whole number, or nothing for all.",
};
