import { setImmediate as nextTurn } from "node:timers/promises";
import { EMAILS_MAX, PresaleKey } from "@onsale/core/access/access";
import { canonicalEmail, EMAIL_CHARACTERS_MAX } from "@onsale/core/account/email";
import { z } from "zod";

/** So many addresses, even of those that take longest to read, are some milliseconds. */
const READ_AT_ONCE = 100;

/**
 * As `EmailList` of core, for a process that serves others too: reading the longest domains of other scripts takes seconds for a
 * whole list, so others have their turn meanwhile; the first that is no address ends it.
 */
const Emails = z
  .array(z.string().max(EMAIL_CHARACTERS_MAX))
  .min(1)
  .max(EMAILS_MAX)
  .transform(async (typed, context) => {
    const emails: string[] = [];
    for (const [at, text] of typed.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- this is what lets others in
      if (at % READ_AT_ONCE === 0) await nextTurn();
      const email = canonicalEmail(text);
      if (email === null) {
        context.addIssue({ code: "custom", path: [at], message: "not an e-mail address" });
        return z.NEVER;
      }
      emails.push(email);
    }
    return emails;
  });

export const EmailListInput = z.strictObject({ windowKey: PresaleKey, emails: Emails });
