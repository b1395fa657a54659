import type { OrganizationId } from "../shared/ids.ts";
import type { Account } from "./account.ts";
import type { OrganizationRole } from "./organization-role.ts";

/** Nobody is signed in. */
export type Visitor = { readonly kind: "visitor" };
/** An account that acts for itself, whatever else it may be elsewhere. */
export type Fan = { readonly kind: "fan"; readonly account: Account };
/** A member of an organization, for as long as one call takes: the role was read for it. */
export type Member = {
  readonly kind: "member";
  readonly account: Account;
  readonly organization: OrganizationId;
  readonly role: OrganizationRole;
};
/** Whoever runs this installation; may do everything in every organization. */
export type Operator = { readonly kind: "operator"; readonly account: Account };
/** A program that an organization gave a key. */
export type ApiKey = {
  readonly kind: "api_key";
  /** As its maker named it. */
  readonly name: string;
  readonly organization: OrganizationId;
  readonly role: OrganizationRole;
};
/** A part of Onsale itself. Whoever has the terminal has the installation. */
export type System = { readonly kind: "system"; readonly part: SystemPart };
export const SYSTEM_PARTS = [
  "ticketctl",
  "setup",
  "seed",
  "drill",
  "line-controller",
  "order-writer",
  "waitlist",
  "worker",
] as const;
export type SystemPart = (typeof SYSTEM_PARTS)[number];

/** Who asks. A service's verb takes it first, and nothing else reaches the audit. */
export type Actor = Visitor | Fan | Member | Operator | ApiKey | System;
/** Who works here: for an organization, for the whole installation, or as a part of it. */
export type Staff = Member | Operator | ApiKey | System;
/** Who works for the whole installation, and not for one organization. */
export type Installation = Operator | System;
export const VISITOR: Visitor = { kind: "visitor" };
export const fan = (account: Account): Fan => ({ kind: "fan", account });
export const system = (part: SystemPart): System => ({ kind: "system", part });

/** How the audit names an actor; also for people who read it: an address where somebody stands behind it. */
export type AuditName = string;
export function auditName(actor: Actor): AuditName {
  switch (actor.kind) {
    case "visitor":
      return "visitor";
    case "fan":
    case "member":
    case "operator":
      return actor.account.email;
    case "api_key":
      return `key:${actor.name}`;
    case "system":
      return `system:${actor.part}`;
  }
}
