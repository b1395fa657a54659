import type { RiskFact } from "@onsale/core/risk/risk-mark";
import { isSandboxMethod } from "@onsale/providers/sandbox/sandbox-method";
import { z } from "zod";

/** Which answers tell something about whoever asked. */
export type Outcome = "hold" | "payment";
type Fact = { readonly fact: RiskFact; readonly once: string | null };

const Held = z.object({ hold: z.object({ id: z.string() }) });
const Paid = z.object({ orderId: z.string(), state: z.string(), attempt: z.int().nullish() });

const tryOf = ({ orderId, attempt }: z.infer<typeof Paid>) => `${orderId} ${attempt ?? 0}`;

/** null: the answer tells nothing. `once` is the hold, the order or the try to pay it: asking again about it is no new fact. */
export function outcomeOf(outcome: Outcome, data: unknown): Fact | null {
  switch (outcome) {
    case "hold": {
      const held = Held.safeParse(data).data;
      return held ? { fact: "hold", once: held.hold.id } : null;
    }
    case "payment": {
      const paid = Paid.safeParse(data).data;
      if (paid?.state === "paid") return { fact: "purchase", once: paid.orderId };
      // Each try counts: an order that waits must not be a place to try stolen cards at.
      if (paid?.state === "declined") return { fact: "decline", once: tryOf(paid) };
      // Sent to the bank: a failure until the order is paid, for nobody says so when a fan gives up.
      if (paid?.state === "requires_action") return { fact: "asked", once: tryOf(paid) };
      return null;
    }
  }
}

const Instrument = z.object({ method: z.string().max(64) });

/** What the fan pays with, from the input as it came; null: not told, or one of the sandbox's, which are everybody's. */
export function instrumentIn(rawInput: unknown): string | null {
  const method = Instrument.safeParse(rawInput).data?.method;
  return method === undefined || isSandboxMethod(method) ? null : method;
}
