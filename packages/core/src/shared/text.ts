import { z } from "zod";
import { rule } from "./schema-rule.ts";

/** Half of a character and the NUL are no text anywhere: not in Postgres, not in JSON, not on a page. */
const BROKEN = /[\p{Cs}\0]/u;

/**
 * Text that is kept as it was written, line breaks too: descriptions, notices, reasons, values of others. Names of things
 * and people are `humanText`.
 */
export function writtenText({ min = 0, max }: { min?: number; max: number }) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((text) => !BROKEN.test(text), rule("unstorable"));
}

/** A key, code or label to be found by, as it is. */
export function lookupText({ min = 1, max }: { min?: number; max: number }) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine((text) => !BROKEN.test(text), rule("unstorable"));
}
