import { checkSelection, type RuleViolation } from "@onsale/core/seat-rules/seat-rules";
import { isFree, type Now } from "./selection-steps.ts";

/** What keeps this selection from being held, as the server will judge it; seats that are gone are told apart from it. */
export function brokenRules({ sale, stock, items }: Now): RuleViolation[] {
  return checkSelection({
    plan: sale.plan,
    stateOf: (seatNo) => (isFree(stock, seatNo) ? "free" : "taken"),
    items,
    limits: { ticketsMax: sale.event.maxPerFan },
  }).filter((violation) => violation.code !== "seat.taken");
}
