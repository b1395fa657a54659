import { z } from "zod";
import { AppError } from "../shared/errors.ts";

/** Which version a change was made from. A save from an older one than the newest is refused, never written over it. */
export const Version = z.int().min(0).max(1_000_000_000);

/** One change by somebody else, as the audit has it. */
export const Change = z.object({
  version: z.int(),
  by: z.string(),
  atMs: z.int(),
  /** Names of what was changed, where they are known. */
  fields: z.array(z.string()),
});
export type Change = z.infer<typeof Change>;

export type Stale = {
  readonly kind: "stale";
  /** The newest version. */
  readonly version: number;
  /** What was changed since the version that the late save was made from, the oldest first. */
  readonly changes: readonly Change[];
};
/** For stores: the answer that a save came too late. */
export const Stale = z.object({ kind: z.literal("stale"), version: z.int(), changes: z.array(Change) });

export type ChangedThing = "details" | "prices" | "line" | "organization";

/** Tells who changed what and when, so that a page can show both sides. */
export function changedMeanwhile(thing: ChangedThing, stale: Omit<Stale, "kind">): AppError {
  const { version } = stale;
  // A price list is one thing: what its entry names are two whole lists.
  const changes = thing === "prices" ? stale.changes.map((one) => ({ ...one, fields: [] })) : stale.changes;
  return new AppError("change.stale", { thing, version, changes });
}
