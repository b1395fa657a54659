import type { Mailbox } from "@onsale/core/mail/mailbox";
import type { Mail, MailCarrier } from "@onsale/core/mail/mailer";
import { makeBatcher } from "@onsale/core/shared/batcher";
import type { Redis } from "ioredis";
import { z } from "zod";

const KEPT_MAX = 200;
const KEPT_S = 24 * 3_600;

const KeptMail = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  messageId: z.string(),
});

/** Mails of a day, in a list that is cut when it grows long. */
export function makeRedisMailbox(redis: Redis, { prefix }: { prefix: string }): Mailbox {
  const key = `${prefix}sandbox:mail`;
  // Mails come in batches, and all of one go into the list at once.
  const keep = makeBatcher<string, Mail, void>({
    max: KEPT_MAX,
    async run(into, mails) {
      const lines = mails.map(({ to, subject, text, messageId }) =>
        JSON.stringify({ to, subject, text, messageId }),
      );
      const batch = redis
        .pipeline()
        .lpush(into, ...lines)
        .ltrim(into, 0, KEPT_MAX - 1)
        .expire(into, KEPT_S);
      for (const [error] of (await batch.exec()) ?? []) if (error) throw error;
      return mails.map(() => undefined);
    },
  });
  const carrier: MailCarrier = { carry: (mail) => keep(key, mail) };
  return {
    carrier,
    async list(): Promise<Mail[]> {
      const mails = (await redis.lrange(key, 0, -1)).map((line) => KeptMail.parse(JSON.parse(line)));
      return [...new Map(mails.toReversed().map((mail) => [mail.messageId, mail])).values()].toReversed();
    },
  };
}
