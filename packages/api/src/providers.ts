import type { Mailer } from "@onsale/core/notification/mailer";
import type { SandboxBook } from "@onsale/core/payment/sandbox-book";
import type { Clock } from "@onsale/core/shared/clock";
import { makeLogMailer } from "@onsale/providers/mail/log-mailer";
import { makeSmtpMailer } from "@onsale/providers/mail/smtp-mailer";
import { makeSandboxProvider } from "@onsale/providers/sandbox/sandbox-provider";
import type { Config } from "./config.ts";
import type { Logger } from "./log.ts";

/** The outside world: who takes the money, who carries the mail. */
export function openProviders(
  config: Config,
  { log, clock, sandboxBook }: { log: Logger; clock: Clock; sandboxBook: SandboxBook },
) {
  const mailer: Mailer = config.mailUrl
    ? makeSmtpMailer({ url: config.mailUrl, from: config.mailFrom })
    : makeLogMailer((message) => log.info(message));
  const provider = makeSandboxProvider({
    book: sandboxBook,
    clock,
    webhookSecret: config.sandboxWebhookSecret,
    webhookUrl: `${config.publicUrl}/api/webhooks/sandbox`,
    actionUrl: (providerRef) => `${config.publicUrl}/sandbox/confirm/${providerRef}`,
  });
  return { mailer, provider };
}
export type Providers = ReturnType<typeof openProviders>;
