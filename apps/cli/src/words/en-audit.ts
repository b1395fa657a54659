import type { AuditWrong } from "@onsale/core/audit/audit-store";

/** What is wrong with an entry of a chain; it goes on from "Entry 7 ...". */
export const AUDIT_WRONGS_EN: Readonly<Record<AuditWrong, string>> = {
  not_following: "does not follow the entry before",
  changed: "was changed",
  head_differs: "is not the last, as the head of the chain has it",
};
