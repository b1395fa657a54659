import { makeProviderPulse } from "@onsale/core/payment/provider-pulse";
import type { Clock } from "@onsale/core/shared/clock";
import { makeLogMailer } from "@onsale/providers/mail/log-mailer";
import { makeSmtpMailer } from "@onsale/providers/mail/smtp-mailer";
import { makeMailer } from "@onsale/providers/mail/write-mail";
import { makeSandboxProvider } from "@onsale/providers/sandbox/sandbox-provider";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import { makeRedisMailbox } from "@onsale/redis/mail/redis-mailbox";
import { makeRedisProviderPulse } from "@onsale/redis/payment/redis-provider-pulse";
import type { Stores } from "./stores.ts";

/** The outside world: who takes the money, who carries the mail. */
export function composeProviders(
  config: Config,
  { log, clock, stores }: { log: Logger; clock: Clock; stores: Pick<Stores, "sandboxBook" | "redis"> },
) {
  const redis = stores.redis.commands;
  const space = { prefix: config.redisKeyPrefix };
  const providerPulse = makeProviderPulse({
    store: makeRedisProviderPulse(redis, space),
    nowMs: clock.nowMs,
  });
  const mailbox = config.sandboxMailbox ? makeRedisMailbox(redis, space) : null;
  const smtp = config.mailUrl === null ? null : { url: config.mailUrl, from: config.mailFrom };
  // Each with connections of its own.
  const mailers = smtp ? [makeSmtpMailer(smtp), makeSmtpMailer(smtp)] : [];
  const [orders, codes] = mailers;
  const mailer = makeMailer(
    orders ?? mailbox?.carrier ?? makeLogMailer((message) => log.info(message)),
    codes,
  );
  const provider = makeSandboxProvider({
    book: stores.sandboxBook,
    clock,
    webhookSecret: config.sandboxWebhookSecret,
    webhookUrl: `${config.publicUrl}/api/webhooks/sandbox`,
    actionUrl: (path) => `${config.publicUrl}/sandbox/confirm/${path}`,
  });
  return {
    mailer,
    mailbox,
    provider: providerPulse.watch(provider),
    providerPulse,
    close(): void {
      for (const { close } of mailers) close();
    },
  };
}
export type Providers = ReturnType<typeof composeProviders>;
