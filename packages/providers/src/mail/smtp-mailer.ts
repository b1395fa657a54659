import { type MailCarrier, MailServerAway } from "@onsale/core/mail/mailer";
import { tidyText } from "@onsale/core/shared/human-text";
import { createTransport } from "nodemailer";

/** Connections that are kept, and so mails that are under way at once; a server with fewer lets the others wait. */
const CONNECTIONS_MAX = 5;
/** A server that says nothing for so long has hung; the mail is tried again later. */
const TIMEOUTS = {
  dnsTimeout: 5_000,
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 10_000,
};

export type SmtpMailer = MailCarrier & {
  /** Ends the connections that are kept. */
  readonly close: () => void;
};

/** `url`: smtp://user:password@host:port or smtps://...; `from`: what fans see as the sender. */
export function makeSmtpMailer({ url, from }: { url: string; from: string }): SmtpMailer {
  const transport = createTransport({ url, ...TIMEOUTS, pool: true, maxConnections: CONNECTIONS_MAX });
  return {
    async carry(mail) {
      try {
        await transport.sendMail({
          from,
          // As one address, which no comma in it makes two, and as one line.
          to: { name: "", address: mail.to },
          subject: tidyText(mail.subject),
          text: mail.text,
          messageId: `<${mail.messageId}@onsale>`,
        });
      } catch (cause) {
        throw isRefusal(cause) ? cause : new MailServerAway(String(cause), { cause });
      }
    },
    close: () => transport.close(),
  };
}

/** The server looked at this mail and will not have it: an answer of 5xx to its addresses or its text. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, responseCode } = error as Error & { code?: unknown; responseCode?: unknown };
  const isOfMail = code === "EENVELOPE" || code === "EMESSAGE";
  return isOfMail && !(typeof responseCode === "number" && responseCode < 500);
}
