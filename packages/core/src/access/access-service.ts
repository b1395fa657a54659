import type { Fan } from "../actor/actor.ts";
import type { Call } from "../actor/call.ts";
import type { Staff } from "../actor/actor.ts";
import type { SaleWindow } from "../event/event.ts";
import type { EventStore, EventSummary } from "../event/event-store.ts";
import { requireOwnEvent } from "../event/require-event.ts";
import { windowKeyOf } from "../event/window-key.ts";
import { AppError } from "../shared/errors.ts";
import type { SigningKeys } from "../shared/signing-keys.ts";
import type { BatchUse, CodeBatch, EmailList, PresaleUse } from "./access.ts";
import { hashCode, readCode } from "./access-code.ts";
import type { AccessStore, RedeemResult } from "./access-store.ts";
import type { GrantCatalog } from "./grant-catalog.ts";
import type { GuessBudget } from "./guess-budget.ts";
import { codeRefused } from "./refusals.ts";

export type AccessServiceDeps = {
  readonly access: AccessStore;
  readonly grants: GrantCatalog;
  readonly events: EventStore;
  readonly guesses: GuessBudget;
  /** Secrets of this installation; without them the hashes in the store say nothing. */
  readonly codeKeys: SigningKeys;
  /** A fresh code as fans see it, of at least 50 random bits. */
  readonly newCode: () => string;
  readonly newId: () => string;
};

/** A presale window that a fan may buy in. */
export type OpenedWindow = Pick<SaleWindow, "label" | "opensAtMs" | "closesAtMs"> & {
  readonly windowKey: string;
};
export type Redeemed = { readonly windowKey: string; readonly opened: readonly OpenedWindow[] };

export function makeAccessService(deps: AccessServiceDeps) {
  return {
    /** Throws access.code_refused, in the same words whatever is wrong with the code, and rate.limited after too many. */
    async redeem(
      actor: Fan,
      { address }: Pick<Call, "address">,
      attempt: { readonly event: EventSummary; readonly code: string },
    ): Promise<Redeemed> {
      const keys = { account: actor.account.id, address, eventId: attempt.event.id };
      return deps.guesses.guess(keys, () => redeem(deps, actor, attempt));
    },
    /** The presales of the event that this account may buy in, also those to come. */
    async mine(actor: Fan, event: EventSummary): Promise<OpenedWindow[]> {
      if (presalesOf(event).length === 0) return [];
      const keys = await deps.grants.grantsOf(actor, event.id);
      return presalesOf(event)
        .filter((window) => keys.has(windowKeyOf(window)))
        .map(openedWindow);
    },

    createCodes: (actor: Staff, idOrSlug: string, batch: CodeBatch) =>
      createCodes(deps, actor, { idOrSlug, batch }),
    async revoke(
      actor: Staff,
      idOrSlug: string,
      what: { readonly batchId: string } | { readonly code: string },
    ): Promise<{ revoked: number }> {
      const eventId = (await requireOwnEvent(actor, deps.events, idOrSlug)).id;
      if ("batchId" in what)
        return { revoked: await deps.access.revoke(actor, { eventId, batchId: what.batchId }) };
      const plain = readCode(what.code);
      if (plain === null) throw codeRefused();
      for (const key of deps.codeKeys) {
        const revoked = await deps.access.revoke(actor, { eventId, hash: hashCode(key, eventId, plain) });
        if (revoked > 0) return { revoked };
      }
      return { revoked: 0 };
    },
    async addEmails(actor: Staff, idOrSlug: string, { windowKey, emails }: EmailList) {
      const event = await requireOwnEvent(actor, deps.events, idOrSlug);
      requirePresale(event, windowKey);
      const unique = [...new Set(emails)];
      const eventId = event.id;
      const added = await deps.access.addEmails(actor, { eventId, windowKey, emails: unique });
      return { added, known: unique.length - added };
    },
    /** Nobody new comes in by these addresses; who did before keeps access. Also for a presale that is gone. */
    async removeEmails(actor: Staff, idOrSlug: string, { windowKey, emails }: EmailList) {
      const eventId = (await requireOwnEvent(actor, deps.events, idOrSlug)).id;
      const unique = [...new Set(emails)];
      const removed = await deps.access.removeEmails(actor, { eventId, windowKey, emails: unique });
      return { removed, unknown: unique.length - removed };
    },
    async overview(
      actor: Staff,
      idOrSlug: string,
    ): Promise<{ event: EventSummary; presales: PresaleUse[]; batches: BatchUse[] }> {
      const event = await requireOwnEvent(actor, deps.events, idOrSlug);
      const eventId = event.id;
      const [presales, batches] = await Promise.all([
        deps.access.presales(eventId),
        deps.access.batches(eventId),
      ]);
      return { event, presales, batches };
    },
  };
}

async function redeem(
  { access, grants, codeKeys }: AccessServiceDeps,
  actor: Fan,
  { event, code }: { event: EventSummary; code: string },
): Promise<Redeemed> {
  const plain = readCode(code);
  if (plain === null) throw codeRefused();
  const eventId = event.id;
  const accountId = actor.account.id;
  let result: RedeemResult = { kind: "refused" };
  for (const key of codeKeys) {
    // The hash in the store says not under which of them the code was made.
    if (result.kind === "refused")
      result = await access.redeem({ eventId, accountId, hash: hashCode(key, eventId, plain) });
  }
  if (result.kind === "refused") throw codeRefused();
  // This process may have remembered what the fan had before.
  await grants.grantsOf(actor, eventId);
  const { windowKey } = result;
  const opened = presalesOf(event).filter((window) => windowKeyOf(window) === windowKey);
  return { windowKey, opened: opened.map(openedWindow) };
}

async function createCodes(
  { access, events, codeKeys, newCode, newId }: AccessServiceDeps,
  actor: Staff,
  { idOrSlug, batch }: { idOrSlug: string; batch: CodeBatch },
): Promise<{ batchId: string; codes: string[] }> {
  const event = await requireOwnEvent(actor, events, idOrSlug);
  requirePresale(event, batch.windowKey);
  const eventId = event.id;
  const codes = Array.from({ length: batch.count }, newCode);
  const hashes = codes.map((code) => hashCode(codeKeys[0], eventId, code.replaceAll("-", "")));
  const batchId = newId();
  await access.createCodes(actor, { ...batch, eventId, batchId, hashes });
  return { batchId, codes };
}

function presalesOf(event: EventSummary): SaleWindow[] {
  return event.saleWindows.filter(({ kind }) => kind === "presale");
}

function requirePresale(event: EventSummary, windowKey: string): void {
  const keys = presalesOf(event).map(windowKeyOf);
  if (keys.includes(windowKey)) return;
  throw new AppError("input.invalid", { why: "presale", windowKey, known: keys });
}

function openedWindow(window: SaleWindow): OpenedWindow {
  const { label, opensAtMs, closesAtMs } = window;
  return { windowKey: windowKeyOf(window), label, opensAtMs, closesAtMs };
}
