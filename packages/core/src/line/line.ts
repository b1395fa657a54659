import { auditName, system } from "../actor/actor.ts";
import { z } from "zod";
import { rule } from "../shared/schema-rule.ts";
import { Instant } from "../shared/numbers.ts";
import { writtenText } from "../shared/text.ts";
import { PUBLIC_WINDOW } from "../event/window-key.ts";
import { WindowKey } from "../event/window-key-schema.ts";
import { type EventId, Uuid } from "../shared/ids.ts";
import { LINE_DEFAULTS } from "./line-defaults.ts";

/**
 * The line before a sale: who waits, in which order, and how many may shop at once. docs/line.md tells the whole story,
 * docs/fair-draw.md the rule of the draw.
 */
export const LineId = Uuid.brand<"LineId">();
export type LineId = z.infer<typeof LineId>;

/** Who moves a line by its times, and makes its draw. */
export const LINE_CLOCK = system("line-controller");
/** As the audit names it, where people have their address. */
export const LINE_CLOCK_NAME = auditName(LINE_CLOCK);
/**
 * closed: not open yet, or over (then `finishedAtMs` is set). lobby: whoever joins takes part in the draw. drawing: no
 * more entries for the draw; who joins now comes after all who were drawn. open: waves are let in. paused: nobody is
 * let in, who is inside may finish. draining: nobody joins any more, those in the line are still let in.
 */
export const LineState = z.enum(["closed", "lobby", "drawing", "open", "paused", "draining"]);
export type LineState = z.infer<typeof LineState>;

export const LINE_NEXT = {
  closed: ["lobby"],
  lobby: ["drawing", "closed"],
  // Called off before the draw, for a public value that never came.
  drawing: ["open", "closed"],
  open: ["paused", "draining", "closed"],
  paused: ["open", "draining", "closed"],
  draining: ["open", "paused", "closed"],
} as const satisfies Record<LineState, readonly LineState[]>;

export function canMoveLine(from: LineState, to: LineState): boolean {
  return (LINE_NEXT[from] as readonly LineState[]).includes(to);
}

/** The states that people may move this line to now; from a draw it opens by itself. */
export function lineMoves({ state, finishedAtMs }: Pick<LineRecord, "state" | "finishedAtMs">): LineState[] {
  if (finishedAtMs !== null) return [];
  return LINE_NEXT[state].filter((to) => !(state === "drawing" && to === "open"));
}

/** What an organizer sets. Times and the rule of the draw are fixed once the lobby is open; the levers never are. */
export const LineSettings = z
  .strictObject({
    windowKey: WindowKey.default(PUBLIC_WINDOW),
    lobbyOpensAtMs: Instant,
    /** The release: the lobby closes, the draw is made, the first wave goes in. */
    drawsAtMs: Instant,
    /** One place per account, or per mailbox: then "a.b+c@gmail.com" and "ab@gmail.com" are one. */
    onePer: z.enum(["account", "address"]).default("account"),
    requireVerifiedEmail: z.boolean().default(false),
    /**
     * Names, before the lobby closes, a value that nobody can know until after ("drand round 5123456"); null: the draw
     * rests on the committed seed alone.
     */
    publicValueSource: writtenText({ min: 1, max: 200 }).nullable().default(null),
    /** Most passes that are valid at once. */
    cap: z.int().min(0).max(200_000).default(LINE_DEFAULTS.cap),
    /** Most fans let in within one second of the store's clock. */
    inflowPerSecond: z.int().min(0).max(20_000).default(LINE_DEFAULTS.inflowPerSecond),
    /** The lever "slow": this share of what would be let in otherwise. */
    pacePct: z.int().min(1).max(100).default(LINE_DEFAULTS.pacePct),
    /** A pass that is not renewed for this long is over: the tab was closed, the phone is off. */
    passTtlMs: z
      .int()
      .min(5_000)
      .max(15 * 60_000)
      .default(LINE_DEFAULTS.passTtlMs),
    /** A pass is renewed up to this long after it was given, plus the time that its fan asked for. */
    passMaxMs: z
      .int()
      .min(10_000)
      .max(2 * 60 * 60_000)
      .default(LINE_DEFAULTS.passMaxMs),
    /** A fan who was away at their turn keeps the number for this long afterwards. */
    graceMs: z
      .int()
      .min(0)
      .max(60 * 60_000)
      .default(LINE_DEFAULTS.graceMs),
    /** The organizer's words for those who wait, or "". */
    notice: writtenText({ max: 500 }).default(""),
  })
  .refine((line) => line.lobbyOpensAtMs <= line.drawsAtMs, {
    path: ["lobbyOpensAtMs"],
    ...rule("lobby_after_draw"),
  })
  .refine((line) => line.passMaxMs >= line.passTtlMs, {
    path: ["passMaxMs"],
    ...rule("inside_shorter_than_pass"),
  })
  // As levers both may go down to 0 for a while. A line that is set up with 0 would never let anybody in.
  .refine((line) => line.cap >= 1, { path: ["cap"], ...rule("nobody_let_in") })
  .refine((line) => line.inflowPerSecond >= 1, {
    path: ["inflowPerSecond"],
    ...rule("nobody_let_in"),
  });
export type LineSettings = z.infer<typeof LineSettings>;

/** What may be changed while a line runs. */
export const LineLevers = z.strictObject({
  cap: LineSettings.shape.cap.unwrap().optional(),
  inflowPerSecond: LineSettings.shape.inflowPerSecond.unwrap().optional(),
  pacePct: LineSettings.shape.pacePct.unwrap().optional(),
  notice: LineSettings.shape.notice.unwrap().optional(),
});
export type LineLevers = z.infer<typeof LineLevers>;

export type LineRecord = LineSettings & {
  readonly id: LineId;
  readonly eventId: EventId;
  readonly state: LineState;
  /** SHA-256 of the seed, hex; published when the lobby opens. */
  readonly commitment: string | null;
  /** Merkle root of the entries, hex; published when the lobby has closed, before the draw. */
  readonly entriesRoot: string | null;
  /** Hex; null until the draw is made. Before that it is not even read from the store with the rest. */
  readonly seed: string | null;
  readonly publicValue: string | null;
  /** How many took part in the draw; their numbers are 1..drawn. */
  readonly drawn: number | null;
  /** The highest number given so far. */
  readonly lastNumber: number;
  readonly openedAtMs: number | null;
  readonly finishedAtMs: number | null;
  /** Counts the changes of settings and levers; a change of settings is saved against the version it was made from. */
  readonly settingsVersion: number;
};

/** One fan in one line. */
export type Place = {
  /** 32 hex digits, the fan's name in the published draw. */
  readonly entry: string;
  /** null until the draw. After it: 1 is let in first; a number never changes except by joining again at the end. */
  readonly number: number | null;
  readonly admittedAtMs: number | null;
  /** Why the pass ended; null while waiting or inside. */
  readonly ended: PassEnd | null;
  /** How often this fan asked for more time. */
  readonly extensions: number;
};

export const PassEnd = z.enum(["bought", "left", "expired", "removed"]);
export type PassEnd = z.infer<typeof PassEnd>;

/** More time for those who ask (WCAG 2.2.1): this often, this long each. */
export const MORE_TIME_MAX = 10;
export const MORE_TIME_MS = 2 * 60_000;

/** How long after its last sign of life a fan near the front counts as present. */
export const PRESENT_MS = 12_000;

/** A random value that the fan's browser makes: 128 bits, hex. */
export const EntryNonce = z.string().regex(/^[0-9a-f]{32}$/, rule("hex_32"));
