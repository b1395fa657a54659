import { makeProviderPulse } from "@onsale/core/payment/provider-pulse";
import type { PaymentProvider } from "@onsale/core/payment/payment-provider";
import type { Clock } from "@onsale/core/shared/clock";
import { makeLogMailer } from "@onsale/providers/mail/log-mailer";
import { makeSmtpMailer } from "@onsale/providers/mail/smtp-mailer";
import { makeMailer } from "@onsale/providers/mail/write-mail";
import { CONFIRM_PATH, makeConfirmPage } from "@onsale/providers/sandbox/confirm-page";
import type { SandboxConfirm } from "@onsale/providers/sandbox/sandbox-bank";
import { makeSandboxHttpProvider } from "@onsale/providers/sandbox/sandbox-http-provider";
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
  const { provider, confirm } = composeSandbox(config, { clock, stores });
  return {
    mailer,
    mailbox,
    provider: providerPulse.watch(provider),
    providerPulse,
    sandboxConfirm: confirm,
    confirmPage: makeConfirmPage(confirm, new URL(config.publicUrl).origin),
    close(): void {
      for (const { close } of mailers) close();
    },
  };
}
export type Providers = ReturnType<typeof composeProviders>;

/** Its page is its own, and not among ours. */
const CONFIRMED_ELSEWHERE: SandboxConfirm = {
  find: () => Promise.resolve(null),
  answer: () => Promise.resolve(null),
};

/** Who takes the money: a sandbox over HTTP where one is named, else one of our own with its page among ours. */
function composeSandbox(
  config: Config,
  { clock, stores }: { clock: Clock; stores: Pick<Stores, "sandboxBook"> },
): { provider: PaymentProvider; confirm: SandboxConfirm } {
  const { sandbox, sandboxWebhookSecret: webhookSecret, publicUrl } = config;
  if (sandbox)
    return {
      provider: makeSandboxHttpProvider({ ...sandbox, webhookSecret, clock }),
      confirm: CONFIRMED_ELSEWHERE,
    };
  const provider = makeSandboxProvider({
    book: stores.sandboxBook,
    clock,
    webhookSecret,
    webhookUrl: `${publicUrl}/api/webhooks/sandbox`,
    actionUrl: (path) => `${publicUrl}${CONFIRM_PATH}${path}`,
  });
  return { provider, confirm: provider.confirm };
}
