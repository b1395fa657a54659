export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Same id, same mail: a mailer may drop a repetition. */
  readonly messageId: string;
};

/** Sends one mail or throws; may be asked again for the same mail. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}
