/** Why no other page can be made. */
export type PlainReason = "busy" | "outage" | "failed";

/** The words of pages that cost nothing to make, in one language. */
export type PlainWords = {
  readonly language: string;
  readonly pages: Readonly<Record<PlainReason, { readonly title: string; readonly text: string }>>;
  readonly again: (seconds: number) => string;
  readonly now: string;
};
