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

/** Which version somebody changed, and whose name stands in the audit. */
export type ChangedBy = { readonly version: number; readonly actor: string };

export type ChangedThing = "details" | "prices" | "line";
const THINGS: Readonly<Record<ChangedThing, string>> = {
  details: "The details of this event",
  prices: "The prices of this event",
  line: "The settings of this line",
};

/** Says who changed what and when; `details` lets a page show both sides. */
export function changedMeanwhile(thing: ChangedThing, stale: Omit<Stale, "kind">): AppError {
  const { version } = stale;
  // A price list is one thing: what its entry names are two whole lists.
  const changes = thing === "prices" ? stale.changes.map((one) => ({ ...one, fields: [] })) : stale.changes;
  const said = changes.map(({ by, atMs, fields }) => {
    const when = `${new Date(atMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
    return `${by} at ${when}${fields.length > 0 ? ` (${fields.join(", ")})` : ""}`;
  });
  const who = said.length > 0 ? ` by ${said.join("; ")}` : "";
  return new AppError(
    "change.stale",
    `${THINGS[thing]} were changed meanwhile${who}. Nothing of yours was saved. Look at what stands there now and save again from it.`,
    { details: { thing, version, changes } },
  );
}
