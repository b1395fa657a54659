import { z } from "zod";

/** What `line.proof` gives a fan to keep: that their entry stands under the published root. merkle.ts checks it. */
export const InclusionPath = z.object({
  entry: z.string().regex(/^[0-9a-f]{32}$/, "32 hex digits"),
  /** Among the entries in ascending order, from 0. */
  index: z.int().min(0),
  size: z.int().min(1),
  /** From the leaf upwards. */
  path: z.array(z.string().regex(/^[0-9a-f]{64}$/, "64 hex digits")).max(64),
  root: z.string().regex(/^[0-9a-f]{64}$/, "64 hex digits"),
  /** In the drawn order, from 1; null before the draw. */
  number: z.int().min(1).nullable().default(null),
});
export type InclusionPath = z.infer<typeof InclusionPath>;
