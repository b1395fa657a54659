import type { PassEnd } from "../line/line.ts";
import type { WaveReason } from "../line/wave.ts";

/** One fan who was let in. Compact on purpose: a large drill has thousands. */
export type AdmittedFan = {
  /** The number in the line: its rank in the draw, or behind the drawn ones for who came later. */
  readonly number: number;
  /** The how-manieth this account was to join; null where it is not known. */
  readonly joined: number | null;
  /** Seconds from the release to being let in. */
  readonly second: number;
  readonly drawn: boolean;
  /** Away when it was their turn, so others with higher numbers went first, as the rule says. */
  readonly late: boolean;
};

export type WavePoint = {
  readonly second: number;
  readonly admitted: number;
  /** Valid passes after the wave. */
  readonly active: number;
  readonly cap: number;
  readonly reason: WaveReason;
};

/** The line as it was seen from outside at one moment; `second` is negative before the release. */
export type LineDepthPoint = {
  readonly second: number;
  /** Joined so far. */
  readonly joined: number;
  /** Not let in yet and not gone, as far as the drill's own fans and bots go. */
  readonly waiting: number;
  readonly active: number;
  readonly front: number;
  readonly servedTo: number;
  readonly calledTo: number;
};

/** How many of each tenth of the joining order were let in: a fair draw treats all tenths alike. */
export type JoinTenth = { readonly tenth: number; readonly joined: number; readonly admitted: number };

export type DrawCheck = {
  /** Beside the report when it is written to a folder. */
  readonly file: "draw.json";
  readonly entries: number;
  readonly commitment: string;
  readonly entriesRoot: string;
  readonly verified: boolean;
  /** Why it was refused; null when it holds. */
  readonly problem: string | null;
  /** Entries whose inclusion path was fetched and recomputed. */
  readonly proofs: number;
};

export type LineReport = {
  readonly id: string;
  readonly cap: number;
  readonly inflowPerSecond: number;
  readonly passTtlMs: number;
  readonly graceMs: number;
  readonly lobbySeconds: number;
  /** Took part in the draw; everybody who joined. */
  readonly drawn: number;
  readonly joined: number;
  readonly admitted: number;
  readonly ended: Readonly<Partial<Record<PassEnd, number>>>;
  readonly ticketsPerPass: number | null;
  /** Most valid passes at once, over `samples` looks and all waves. */
  readonly mostActive: number;
  readonly samples: number;
  /** Most let in within one second of the store's clock. */
  readonly mostPerSecond: number;
  /** Numbers that were let in by two waves, which must never be. */
  readonly admittedTwice: number;
  /** Seconds from the release to the first fan inside; null: nobody was let in. */
  readonly firstAdmissionSecond: number | null;
  /** Seconds from the release until everything was sold for good; null: it never was. */
  readonly soldOutSecond: number | null;
  /** Fans who waited until the document said that everything was gone. */
  readonly toldSoldOut: number;
  /** Spearman's rank correlations, -1 to 1; null with fewer than three fans. */
  readonly fairness: {
    /** Number against the moment of admission, of those who were there when called: near 1. */
    readonly numberToAdmission: number | null;
    /** Order of joining the lobby against the number drawn: near 0. */
    readonly joiningToNumber: number | null;
    readonly byJoinTenth: readonly JoinTenth[];
    /** Who joined after the draw: the order of joining, as the fans saw it, against the number they got: near 1. */
    readonly afterDraw: { readonly joined: number; readonly joiningToNumber: number | null };
  };
  /** Polls of the public document, by all fans. */
  readonly polls: number;
  readonly draw: DrawCheck | null;
  readonly fans: readonly AdmittedFan[];
  readonly waves: readonly WavePoint[];
  readonly depth: readonly LineDepthPoint[];
};
