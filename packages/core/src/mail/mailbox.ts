import type { Mail, MailCarrier } from "./mailer.ts";

/** Takes the place of a mail server on a machine that has none: mails are kept for a while and shown to whoever asks. */
export type Mailbox = {
  readonly carrier: MailCarrier;
  /** Newest first; a mail that was sent twice is there once. */
  readonly list: () => Promise<Mail[]>;
};
