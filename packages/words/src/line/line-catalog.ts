import type { LineState } from "@onsale/core/line/line";
import type { WaveReason } from "@onsale/core/line/wave";

/** `fans`: what it means for those who wait. */
export type StateWords = { readonly label: string; readonly fans: string };
/** What set the size of a wave: in a word or two, and in a sentence. */
export type ReasonWords = { readonly label: string; readonly says: string };

/** What those who run a line read of it, in one language; complete by its types. */
export type LineCatalog = {
  readonly states: Readonly<Record<LineState, StateWords>>;
  /** Closed for good. */
  readonly over: StateWords;
  readonly reasons: Readonly<Record<WaveReason, ReasonWords>>;
};
