import { z } from "zod";
import { rule, ruleIssue } from "../shared/schema-rule.ts";
import { slugSchema } from "../shared/slug-schema.ts";
import { writtenText } from "../shared/text.ts";
import { Instant } from "../shared/numbers.ts";
import { humanText } from "../shared/human-text.ts";
import { PUBLIC_WINDOW, windowKeyOf } from "./window-key.ts";
import { WindowKey } from "./window-key-schema.ts";
import { HOLD_TTL_MS, HOLD_TTL_MS_MAX, TICKETS_PER_FAN, TICKETS_PER_FAN_MAX } from "./hold-limits.ts";
import { type EventId, LayoutId, type OrganizationId, VenueId } from "../shared/ids.ts";
import { Currency } from "../shared/money-schema.ts";
import { TimeZone } from "../shared/time-zone.ts";

export const EventState = z.enum([
  "draft",
  "published",
  "on_sale",
  "paused",
  "sold_out",
  "ended",
  "cancelled",
]);
export type EventState = z.infer<typeof EventState>;

/** Which states an event may go to. `sold_out` and `on_sale` alternate as seats come back. */
export const EVENT_NEXT = {
  draft: ["published", "cancelled"],
  published: ["on_sale", "draft", "ended", "cancelled"],
  on_sale: ["paused", "sold_out", "ended", "cancelled"],
  paused: ["on_sale", "ended", "cancelled"],
  sold_out: ["on_sale", "paused", "ended", "cancelled"],
  ended: [],
  cancelled: [],
} as const satisfies Record<EventState, readonly EventState[]>;

/** Why staff end or cancel an event: one line, which fans may be told. */
export const MoveReason = humanText({ max: 200 });

/** Half-open [opensAt, closesAt), instants in epoch milliseconds. */
export const SaleWindow = z
  .strictObject({
    kind: z.enum(["public", "presale"]),
    /** Names a presale for its line, its codes and its allotment; made from the label where it is left out. */
    key: WindowKey.exactOptional(),
    label: humanText({ max: 80 }),
    opensAtMs: Instant,
    closesAtMs: Instant,
    /** Places that may be sold in a presale; left out: as many as there are. */
    allotment: z.int().min(1).max(1_000_000).exactOptional(),
  })
  .refine((window) => window.opensAtMs < window.closesAtMs, {
    path: ["closesAtMs"],
    ...rule("window_order"),
  })
  .refine((window) => window.kind === "public" || window.key !== PUBLIC_WINDOW, {
    path: ["key"],
    ...rule("window_named_public"),
  })
  .refine(
    (window) => window.allotment === undefined || (window.kind === "presale" && window.key !== undefined),
    { path: ["allotment"], ...rule("allotment_without_key") },
  );
export type SaleWindow = z.infer<typeof SaleWindow>;

/** Codes, lists and allotments go by the key, given or made from the label, so two presales must not have the same one. */
const SaleWindows = z
  .array(SaleWindow)
  .max(20)
  .superRefine((windows, context) => {
    const labels = new Map<string, string>();
    for (const [index, window] of windows.entries()) {
      if (window.kind !== "presale") continue;
      const key = windowKeyOf(window);
      const other = labels.get(key);
      if (other !== undefined) {
        const twins = { one: other, other: window.label, key };
        context.addIssue({ ...ruleIssue("presale_key_twice", twins), path: [index, "key"] });
      }
      labels.set(key, window.label);
    }
  });

/** Earliest sale start that is a date and not a placeholder; ticket feeds write 1900 for "unknown". */
export const SALE_START_MIN_MS = Date.UTC(2000, 0, 1);

export const EventDraft = z.strictObject({
  slug: slugSchema({ max: 100 }),
  title: humanText({ max: 200 }),
  subtitle: humanText({ min: 0, max: 200 }).default(""),
  description: writtenText({ max: 10_000 }).default(""),
  genre: humanText({ min: 0, max: 60 }).default(""),
  venueId: VenueId,
  layoutId: LayoutId.nullable(),
  timeZone: TimeZone,
  currency: Currency,
  doorsAtMs: Instant.nullable(),
  startsAtMs: Instant,
  endsAtMs: Instant.nullable(),
  /** When the online sale ends; null: by the rule of `salesEndOf`. */
  salesEndAtMs: Instant.nullable().default(null),
  saleWindows: SaleWindows.default([]),
  holdTtlMs: z.int().min(60_000).max(HOLD_TTL_MS_MAX).default(HOLD_TTL_MS),
  maxPerFan: z.int().min(1).max(TICKETS_PER_FAN_MAX).default(TICKETS_PER_FAN),
});
export type EventDraft = z.infer<typeof EventDraft>;

export type EventRecord = EventDraft & {
  readonly id: EventId;
  readonly organizationId: OrganizationId;
  readonly state: EventState;
  /** Counts the changes of the details; a change is saved against the version that it was made from. */
  readonly detailsVersion: number;
  /** The published price list in force; 0 while there is none. */
  readonly priceVersion: number;
  readonly createdAtMs: number;
};

/** The part of an event that people edit. */
export function draftOf(event: EventDraft): EventDraft {
  return EventDraft.strip().parse(event);
}
