import { checkSelection, type RuleViolation } from "@onsale/core/seat-rules/seat-rules";
import { seatRuleWords } from "@onsale/words/seat-rule-words";
import type { Sale } from "./sale-context.ts";
import { isFree, type Now } from "./selection-steps.ts";

export type SaidRule = RuleViolation & { readonly words: string };

/** What keeps this selection from being held, as the server will judge it; seats that are gone are told apart from it. */
export function brokenRules({
  sale,
  stock,
  items,
}: Now & { readonly sale: Pick<Sale, "locale"> }): SaidRule[] {
  return checkSelection({
    plan: sale.plan,
    stateOf: (seatNo) => (isFree(stock, seatNo) ? "free" : "taken"),
    items,
    limits: { ticketsMax: sale.event.maxPerFan },
  })
    .filter((violation) => violation.code !== "seat.taken")
    .map((violation) => ({ ...violation, words: seatRuleWords(violation, sale.locale) }));
}
