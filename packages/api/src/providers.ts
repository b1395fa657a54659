import type { Mailer } from "@onsale/core/notification/mailer";
import type { Clock } from "@onsale/core/shared/clock";
import { makeLogMailer } from "@onsale/providers/mail/log-mailer";
import { makeSmtpMailer } from "@onsale/providers/mail/smtp-mailer";
import { makeSandboxProvider } from "@onsale/providers/sandbox/sandbox-provider";
import type { Config } from "./config.ts";
import { makeProviderPulse } from "./live/provider-pulse.ts";
import type { Logger } from "./log.ts";
import { makeSandboxMailbox } from "./sandbox-mailbox.ts";
import type { Stores } from "./stores.ts";

/** The outside world: who takes the money, who carries the mail. */
export function openProviders(
  config: Config,
  { log, clock, stores }: { log: Logger; clock: Clock; stores: Pick<Stores, "sandboxBook" | "redis"> },
) {
  const providerPulse = makeProviderPulse({
    redis: stores.redis.commands,
    prefix: config.redisKeyPrefix,
    nowMs: clock.nowMs,
  });
  const mailbox = config.sandboxMailbox
    ? makeSandboxMailbox({ redis: stores.redis.commands, prefix: config.redisKeyPrefix })
    : null;
  const mailer: Mailer = config.mailUrl
    ? makeSmtpMailer({ url: config.mailUrl, from: config.mailFrom })
    : (mailbox?.mailer ?? makeLogMailer((message) => log.info(message)));
  const provider = makeSandboxProvider({
    book: stores.sandboxBook,
    clock,
    webhookSecret: config.sandboxWebhookSecret,
    webhookUrl: `${config.publicUrl}/api/webhooks/sandbox`,
    actionUrl: (path) => `${config.publicUrl}/sandbox/confirm/${path}`,
  });
  return { mailer, mailbox, provider: providerPulse.watch(provider), providerPulse };
}
export type Providers = ReturnType<typeof openProviders>;
