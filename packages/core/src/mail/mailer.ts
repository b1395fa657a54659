import type { Letter } from "./letter.ts";

/** A letter in words. */
export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Same id, same mail: a carrier may drop a repetition. */
  readonly messageId: string;
};

/** What services have: facts are sent, and somebody else finds the words. Throws when it could not; may be asked again. */
export interface Mailer {
  send(letter: Letter): Promise<void>;
}

/** Carries one mail or throws; may be asked again for the same mail. */
export interface MailCarrier {
  carry(mail: Mail): Promise<void>;
}
