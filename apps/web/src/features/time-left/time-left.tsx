"use client";

import { spokenTimeLeft, timeLeftWords } from "./countdown.ts";

/** The time left in figures for the eye; for the ear in words, which change once a minute and are read out only then. */
export function TimeLeft({ left }: { left: number }) {
  return (
    <>
      <span aria-hidden="true">{timeLeftWords(left)}</span>
      <span className="visually-hidden" role="timer" aria-live="polite">
        {spokenTimeLeft(left)}
      </span>
    </>
  );
}
