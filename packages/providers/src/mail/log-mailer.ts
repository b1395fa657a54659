import type { MailCarrier } from "@onsale/core/mail/mailer";

/** Where no mail server is set up: says that a mail would have gone out, without saying to whom. */
export function makeLogMailer(say: (message: string) => void): MailCarrier {
  return {
    carry(mail) {
      say(`no MAIL_URL is set; not sent: "${mail.subject}" (${mail.messageId})`);
      return Promise.resolve();
    },
  };
}
