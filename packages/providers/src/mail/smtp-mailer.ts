import type { MailCarrier } from "@onsale/core/mail/mailer";
import { tidyText } from "@onsale/core/shared/human-text";
import { createTransport } from "nodemailer";

/** `url`: smtp://user:password@host:port or smtps://...; `from`: what fans see as the sender. */
export function makeSmtpMailer({ url, from }: { url: string; from: string }): MailCarrier {
  const transport = createTransport({ url, connectionTimeout: 5_000, socketTimeout: 10_000, pool: true });
  return {
    async carry(mail) {
      await transport.sendMail({
        from,
        // As one address, which no comma in it makes two, and as one line.
        to: { name: "", address: mail.to },
        subject: tidyText(mail.subject),
        text: mail.text,
        messageId: `<${mail.messageId}@onsale>`,
      });
    },
  };
}
