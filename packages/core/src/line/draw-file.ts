import { z } from "zod";
import { EventId } from "../shared/ids.ts";

const hex64 = z.string().regex(/^[0-9a-f]{64}$/, "64 hex digits");

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
    .refine((text) => text.isWellFormed(), "whole characters only")
    .nullable(),
  /** Merkle root of the entries, published when the lobby had closed. */
  entriesRoot: hex64,
  /** In drawn order: the first has number 1. */
  entries: z.array(z.string().regex(/^[0-9a-f]{32}$/, "32 hex digits")),
});
export type DrawFile = z.infer<typeof DrawFile>;

/** One line of JSON, the fields always in this order, no line end: the same draw is the same file. */
export function drawFileText(file: DrawFile): string {
  const { version, event, commitment, seed, publicValue, entriesRoot, entries } = file;
  return JSON.stringify({ version, event, commitment, seed, publicValue, entriesRoot, entries });
}
