"use client";

import { useState } from "react";
import type { LostRace } from "./lost-race.ts";

/** What the page says about the last step of choosing: to the ear, to the eye, and of seats that others took. */
export function useTold() {
  const [race, setRace] = useState<LostRace | null>(null);
  const [spoken, setSpoken] = useState("");
  /** Why the last step changed nothing, for the eye; gone with the next step. */
  const [refusal, setRefusal] = useState<string | null>(null);
  return {
    race,
    spoken,
    refusal,
    done(words: string): void {
      setSpoken(words);
      setRefusal(null);
      setRace(null);
    },
    refused(words: string): void {
      setSpoken(words);
      setRefusal(words);
    },
    lost(told: LostRace): void {
      setRace(told);
      setSpoken(told.words);
      setRefusal(told.words);
    },
    /** Asked to hold: what was refused before is over; a rule that stands is read out, and shown in the selection. */
    asked(words: string | undefined): void {
      setRefusal(null);
      if (words !== undefined) setSpoken(words);
    },
  };
}
