import { z } from "zod";

const ISSUES_TOLD_MAX = 3;
const CHARS_MAX = 1_000;
const WORDS_CHARS_MAX = 200;
const PLACE_STEPS_MAX = 8;
const STEP_CHARS_MAX = 40;

const cut = (text: string, charsMax: number) =>
  text.length > charsMax ? `${text.slice(0, charsMax - 1)}…` : text;

/**
 * What is wrong with an input, in at most 1,000 characters: the first faults with their place and rule, as JSON in the
 * shape that zod gives them. An input chooses how many faults it has and how long its keys are, and gets both back.
 */
export function shortMessage(message: string, cause: unknown): string {
  if (!(cause instanceof z.core.$ZodError) && !(cause instanceof z.ZodError)) return cut(message, CHARS_MAX);
  const told = cause.issues.slice(0, ISSUES_TOLD_MAX).map((issue) => ({
    code: issue.code,
    path: issue.path
      .slice(0, PLACE_STEPS_MAX)
      .map((step) => (typeof step === "number" ? step : cut(String(step), STEP_CHARS_MAX))),
    message: cut(issue.message, WORDS_CHARS_MAX),
  }));
  // The first fault always fits: its place is at most 8 steps of 40 characters.
  while (told.length > 1 && JSON.stringify(told).length > CHARS_MAX) told.pop();
  return JSON.stringify(told);
}
