import type { Letter } from "./letter.ts";

/** A letter in words. */
export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Same id, same mail: a carrier may drop a repetition. */
  readonly messageId: string;
};

/** Nobody who carries mails can be reached or has time now: it says nothing about the mail, which may be sent later. */
export class MailServerAway extends Error {
  override readonly name = "MailServerAway";
}

/** What services have: facts are sent, and somebody else finds the words. Throws when it could not; may be asked again. */
export interface Mailer {
  send(letter: Letter): Promise<void>;
}

/** Carries one mail or throws; may be asked again for the same mail. */
export interface MailCarrier {
  carry(mail: Mail): Promise<void>;
}
