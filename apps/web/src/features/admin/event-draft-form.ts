import type { AdminEvent } from "@onsale/contract/admin-event";
import type { Locale } from "@onsale/core/shared/locale";
import { problemWords } from "@onsale/words/problem-words";
import { EventDraft } from "@onsale/core/event/event";
import { TimeZone } from "@onsale/core/shared/time-zone";
import { eventTimeProblems } from "@onsale/core/event/event-times";
import { windowKeyOf } from "@onsale/core/event/window-key";
import { HOLD_TTL_MS_MAX, TICKETS_PER_FAN_MAX } from "@onsale/core/event/hold-limits";
import { faultWords, type FieldWords, typedAt } from "./fault-words.ts";
import { keyOfPresale } from "./slug.ts";
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
  /** When the online sale ends; "": by the rule. */
  salesEndAt: string;
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
  first: { venueId: string; timeZone: string; currency: string; layoutId?: string },
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
    currency: event?.currency ?? first.currency,
    startsAt: msToInput(event?.startsAtMs ?? null, zone),
    doorsAt: msToInput(event?.doorsAtMs ?? null, zone),
    endsAt: msToInput(event?.endsAtMs ?? null, zone),
    salesEndAt: msToInput(event?.salesEndAtMs ?? null, zone),
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

/** By field: "title", "saleWindows.0.opensAtMs". */
export type Faults = Readonly<Record<string, string>>;

/** The same schema that the API applies, so what passes here passes there; each fault at its field. */
export function readDraft(form: DraftForm, locale: Locale): { draft: EventDraft } | { faults: Faults } {
  const typed = typedDraft(form);
  const parsed = EventDraft.safeParse(typed);
  const faults: Record<string, string> = {};
  if (parsed.success) {
    for (const problem of eventTimeProblems(parsed.data))
      faults[problem.path] ??= problemWords(problem, locale);
    return Object.keys(faults).length === 0 ? { draft: parsed.data } : { faults };
  }
  for (const issue of parsed.error.issues) {
    const field = issue.path.join(".") || "form";
    const part = issue.path.filter((one) => typeof one === "string").join(".");
    faults[field] ??= faultWords(issue, FIELD_WORDS[part] ?? {}, {
      value: typedAt(typed, issue.path),
      locale,
    });
  }
  return { faults };
}

export function faultsOfDraft(form: DraftForm, locale: Locale): Faults {
  const read = readDraft(form, locale);
  return "faults" in read ? read.faults : {};
}

function typedDraft(form: DraftForm) {
  // A fault of the zone is told at the zone, not at every time of the form.
  const zone = TimeZone.safeParse(form.timeZone).success ? form.timeZone : "UTC";
  const when = (text: string) => inputToMs(text, zone);
  return {
    slug: form.slug,
    title: form.title,
    subtitle: form.subtitle,
    description: form.description,
    genre: form.genre,
    venueId: form.venueId,
    layoutId: form.layoutId === "" ? null : form.layoutId,
    timeZone: form.timeZone,
    currency: form.currency.trim().toUpperCase(),
    startsAtMs: when(form.startsAt) ?? undefined,
    doorsAtMs: when(form.doorsAt),
    endsAtMs: when(form.endsAt),
    salesEndAtMs: when(form.salesEndAt),
    holdTtlMs: Number(form.holdMinutes) * MINUTE_MS,
    maxPerFan: Number(form.maxPerFan),
    saleWindows: form.windows.map((window) => windowDraft(window, zone)),
  };
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
    ...(kind === "presale" && { key: key === "" ? keyOfPresale(label) : key }),
    ...(kind === "presale" && allotment !== "" && { allotment: Number(allotment) }),
  };
}

const FIELD_WORDS: Readonly<Record<string, FieldWords>> = {
  title: { missing: "An event needs a title." },
  slug: {
    missing: "An event needs a short name for its address.",
    format: "Use small letters, digits and single hyphens.",
  },
  venueId: { missing: "Choose a venue.", format: "Choose a venue." },
  layoutId: { format: "Choose a layout of the list." },
  timeZone: { missing: "Choose the zone of the venue's clock." },
  currency: { missing: "Choose a currency.", format: "Three letters, such as EUR." },
  startsAtMs: { missing: "When does it start?" },
  holdTtlMs: { range: `From 1 to ${HOLD_TTL_MS_MAX / MINUTE_MS} minutes.` },
  maxPerFan: { range: `A whole number from 1 to ${TICKETS_PER_FAN_MAX}.` },
  "saleWindows.label": { missing: "A sale window needs a name." },
  "saleWindows.opensAtMs": { missing: "When does it open?" },
  "saleWindows.closesAtMs": { missing: "When does it close?" },
  "saleWindows.key": {
    missing: "A presale needs a key.",
    format: "A key has small letters, digits and single dashes.",
  },
  "saleWindows.allotment": { range: "A whole number from 1 to 1,000,000, or nothing for all." },
};
