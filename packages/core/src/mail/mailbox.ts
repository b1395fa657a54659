import type { Mail, Mailer } from "./mailer.ts";

/** Takes the place of a mail server on a machine that has none: mails are kept for a while and shown to whoever asks. */
export type Mailbox = {
  readonly mailer: Mailer;
  /** Newest first; a mail that was sent twice is there once. */
  readonly list: () => Promise<Mail[]>;
};
