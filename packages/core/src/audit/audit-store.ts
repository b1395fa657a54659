import type { Actor, AuditName } from "../actor/actor.ts";
import type { Page, PageAsk } from "../shared/page.ts";

export type AuditEntry = {
  readonly seq: number;
  readonly atMs: number;
  readonly actor: AuditName;
  readonly action: string;
  readonly detail: unknown;
};
/** What may be wrong with an entry of a chain. */
export const AUDIT_WRONGS = ["not_following", "changed", "head_differs"] as const;
export type AuditWrong = (typeof AUDIT_WRONGS)[number];
export type AuditFault = { readonly chain: string; readonly seq: number; readonly wrong: AuditWrong };
export type AuditLink = { readonly seq: number; readonly hash: string };

export type AuditVerdict = {
  readonly chains: number;
  readonly entries: number;
  /** The first of them; `faultCount` says how many there are. */
  readonly faults: readonly AuditFault[];
  readonly faultCount: number;
};

/** The trail of an event, an account or a layout: a chain, in which each entry's hash covers the one before. */
export interface AuditStore {
  /** For what no row of Postgres changes with. */
  append(actor: Actor, entry: { chain: string; action: string; detail: object }): Promise<void>;
  /** Newest first. */
  list(ask: PageAsk & { readonly chain: string }): Promise<Page<AuditEntry>>;
  /** null: of every chain. */
  verify(chain: string | null): Promise<AuditVerdict>;
  /** The last entry, or that of a number; null: there is none. */
  link(chain: string, seq: number | null): Promise<AuditLink | null>;
}
