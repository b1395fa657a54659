import { z } from "zod";
import { rule } from "../shared/schema-rule.ts";
import { EventId } from "../shared/ids.ts";

const hex32 = z.string().regex(/^[0-9a-f]{32}$/, rule("hex_32"));
const hex64 = z.string().regex(/^[0-9a-f]{64}$/, rule("hex_64"));

/** What everybody can check: the published draw, at /api/lines/{id}/draw.json. docs/fair-draw.md explains it. */
export const DrawFile = z.strictObject({
  version: z.literal(1),
  event: EventId,
  /** SHA-256 of the seed, published when the lobby opened. */
  commitment: hex64,
  seed: hex64,
  /** The value that was named before the draw and known only after it; null when none was named. */
  publicValue: z
    .string()
    .min(1)
    .max(1_000)
    .refine((text) => text.isWellFormed(), rule("whole_characters"))
    .nullable(),
  /** Merkle root of the entries, published when the lobby had closed. */
  entriesRoot: hex64,
  /** In drawn order: the first has number 1. */
  entries: z.array(hex32),
});
export type DrawFile = z.infer<typeof DrawFile>;

/** One line of JSON, the fields always in this order, no line end: the same draw is the same file. */
export function drawFileText(file: DrawFile): string {
  const { version, event, commitment, seed, publicValue, entriesRoot, entries } = file;
  return JSON.stringify({ version, event, commitment, seed, publicValue, entriesRoot, entries });
}

/** What `line.proof` gives a fan to keep: that their entry stands under the published root. merkle.ts checks it. */
export const InclusionPath = z.object({
  entry: hex32,
  /** Among the entries in ascending order, from 0. */
  index: z.int().min(0),
  size: z.int().min(1),
  /** From the leaf upwards. */
  path: z.array(hex64).max(64),
  root: hex64,
  /** In the drawn order, from 1; null before the draw. */
  number: z.int().min(1).nullable().default(null),
});
export type InclusionPath = z.infer<typeof InclusionPath>;
