import type { Actor } from "../actor/actor.ts";
import type { AccountId, EventId } from "../shared/ids.ts";
import type { BatchUse, CodeBatch, PresaleUse } from "./access.ts";

export type RedeemResult =
  /** `replayed`: this account had access before, and no use was counted. */
  | { readonly kind: "granted"; readonly windowKey: string; readonly replayed: boolean }
  /** Unknown, used up, expired, revoked, or of another event: nobody is told which. */
  | { readonly kind: "refused" };

export type ListedEmails = {
  readonly eventId: EventId;
  readonly windowKey: string;
  readonly emails: readonly string[];
};

/** Codes, lists and grants of presales, in Postgres. Codes are known by their hash alone (hashCode, hex). */
export interface AccessStore {
  createCodes(
    actor: Actor,
    input: Omit<CodeBatch, "count"> & { eventId: EventId; batchId: string; hashes: readonly string[] },
  ): Promise<void>;
  /** One atomic step: counts the use and writes the grant, or neither. Again is harmless. */
  redeem(input: { eventId: EventId; accountId: AccountId; hash: string }): Promise<RedeemResult>;
  /** Keys of the presales that the account may buy in. `byList`: the account's address is known to be its own. */
  grantsOf(input: { eventId: EventId; accountId: AccountId; byList: boolean }): Promise<string[]>;
  /** No new fan comes in by these codes; who has access keeps it. Returns how many codes that was. */
  revoke(
    actor: Actor,
    input: { eventId: EventId } & ({ batchId: string } | { hash: string }),
  ): Promise<number>;
  /** Returns how many addresses were new on the list. */
  addEmails(actor: Actor, input: ListedEmails): Promise<number>;
  /** Returns how many were on the list. Who came in by it before keeps access. */
  removeEmails(actor: Actor, input: ListedEmails): Promise<number>;
  /** Newest first. */
  batches(eventId: EventId): Promise<BatchUse[]>;
  /** One for each presale that has a code, a list, a grant or an order. */
  presales(eventId: EventId): Promise<PresaleUse[]>;
  /** What presales with an allotment have left, by key; those without one are not named. */
  placesLeft(eventId: EventId): Promise<ReadonlyMap<string, number>>;
}
