import type { Mailbox } from "@onsale/core/mail/mailbox";
import type { Mail, MailCarrier } from "@onsale/core/mail/mailer";
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
  const carrier: MailCarrier = {
    async carry({ to, subject, text, messageId }: Mail) {
      await redis.lpush(key, JSON.stringify({ to, subject, text, messageId }));
      await redis.ltrim(key, 0, KEPT_MAX - 1);
      await redis.expire(key, KEPT_S);
    },
  };
  return {
    carrier,
    async list(): Promise<Mail[]> {
      const mails = (await redis.lrange(key, 0, -1)).map((line) => KeptMail.parse(JSON.parse(line)));
      return [...new Map(mails.toReversed().map((mail) => [mail.messageId, mail])).values()].toReversed();
    },
  };
}
