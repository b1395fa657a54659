import type { Problem } from "../shared/problem.ts";
import type { SaleWindow } from "./event.ts";

export type EventFileFormat = "ticketmaster" | "nyphil" | "ical" | "csv";

/** An event as a file of somebody else's system tells it: no ids of ours, no layout, no prices per category. */
export type ImportedEvent = {
  /** Where in the file, as in problems: a JSON path, or "line 17". */
  readonly path: string;
  /** The id the file gives it, or "". */
  readonly sourceId: string;
  /**
   * Its name in a feed that keeps names (UID of iCalendar, id of a ticket feed): met again, it is the same event,
   * wherever it moved. A higher sequence is newer. null: the file has no such names.
   */
  readonly feed: { readonly uid: string; readonly sequence: number } | null;
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  readonly genre: string;
  readonly venue: {
    readonly name: string;
    /** Street and postcode in one line, or "". */
    readonly address: string;
    readonly city: string;
    readonly country: string;
  };
  readonly timeZone: string;
  /** ISO 4217; null where the file does not say. */
  readonly currency: string | null;
  readonly doorsAtMs: number | null;
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
  readonly saleWindows: readonly SaleWindow[];
  /** Lowest and highest price in minor units of `currency`. */
  readonly priceRange: { readonly minMinor: number; readonly maxMinor: number } | null;
};

/**
 * `ok` exactly when `problems` is empty. `events` are those without a fault, also when others have one; whoever wants
 * all or nothing looks at `ok`. `found` counts every event of the file; `warnings` name what was left out or assumed.
 */
export type EventFile = {
  readonly ok: boolean;
  readonly format: EventFileFormat | null;
  readonly found: number;
  readonly events: readonly ImportedEvent[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

export type EventFileOptions = {
  /** Absent: found out from the text. */
  readonly format?: EventFileFormat;
  /** For events whose file names no zone. */
  readonly venueTimeZone?: string;
  /** The same for single venues or cities, by name without case; asked before `venueTimeZone`. */
  readonly venueTimeZones?: ReadonlyMap<string, string>;
  /** For events whose file names no venue. */
  readonly venueName?: string;
  /** CSV: our field -> the file's header. */
  readonly columns?: Readonly<Record<string, string>>;
};
