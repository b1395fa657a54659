"use client";

import { seatWords } from "@onsale/core/layout/place-name";
import { useEffect, useState } from "react";
import type { brokenRules } from "./broken-rules.ts";
import type { explainLostRace } from "./lost-race.ts";

type Rules = {
  readonly brokenRules: typeof brokenRules;
  readonly explainLostRace: typeof explainLostRace;
};

/** The seat rules and what to say of seats that others took: neither is needed before the first pick. */
export function useRules(isWanted: boolean): Rules {
  const [rules, setRules] = useState<Rules | null>(null);
  useEffect(() => {
    if (!isWanted || rules) return;
    Promise.all([import("./broken-rules.ts"), import("./lost-race.ts")]).then(
      ([judge, race]) => setRules({ ...judge, ...race }),
      () => undefined,
    );
  }, [isWanted, rules]);
  return rules ?? NONE;
}

/** Until they are here the server alone judges, by the same ones, and no other seats are offered. */
const NONE: Rules = {
  brokenRules: () => [],
  explainLostRace: (plan, lost) => ({
    words: `Someone else just took ${lost.map((seatNo) => seatWords(plan, seatNo)).join(", ")}.`,
    offered: [],
  }),
};
