import { setImmediate as nextTurn } from "node:timers/promises";
import { PresaleEmails } from "@onsale/contract/admin-access";
import { canonicalEmail } from "@onsale/core/account/email";
import { z } from "zod";
import { ruleIssue } from "@onsale/core/shared/schema-rule";

/** So many addresses, even of those that take longest to read, are some milliseconds. */
const READ_AT_ONCE = 100;

/**
 * Read as `EmailList` of core does, for a process that serves others too: reading the longest domains of other scripts takes
 * seconds for a whole list, so others have their turn meanwhile; the first that is no address ends it.
 */
export const PresaleEmailsInTurn = PresaleEmails.extend({
  emails: PresaleEmails.shape.emails.transform(async (typed, context) => {
    const emails: string[] = [];
    for (const [at, text] of typed.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- this is what lets others in
      if (at % READ_AT_ONCE === 0) await nextTurn();
      const email = canonicalEmail(text);
      if (email === null) {
        context.addIssue({ ...ruleIssue("email", {}), path: [at] });
        return z.NEVER;
      }
      emails.push(email);
    }
    return emails;
  }),
});
