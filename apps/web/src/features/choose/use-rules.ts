"use client";

import type { RuleViolation } from "@onsale/core/seat-rules/seat-rules";
import { useEffect, useState } from "react";
import type { Now } from "./choice-steps.ts";

type Rules = (now: Now) => RuleViolation[];

/** The rules of the house, loaded with the first pick; until they are here the server alone judges, by the same ones. */
export function useRules(isWanted: boolean): Rules {
  const [rules, setRules] = useState<Rules | null>(null);
  useEffect(() => {
    if (!isWanted || rules) return;
    import("./broken-rules.ts").then(
      (module) => setRules(() => module.brokenRules),
      () => undefined,
    );
  }, [isWanted, rules]);
  return rules ?? none;
}

const none: Rules = () => [];
