import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import {
  type PaymentProvider,
  type ProviderPayment,
  ProviderUnavailable,
} from "@onsale/core/payment/payment-provider";
import type { SandboxBook, SandboxPayment } from "@onsale/core/payment/sandbox-book";
import type { Clock } from "@onsale/core/shared/clock";
import { isSandboxMethod, type SandboxMethod } from "./sandbox-method.ts";
import { readSignedWebhook, SIGNATURE_HEADER, signWebhook } from "./sandbox-webhook.ts";

export type SandboxDeps = {
  readonly book: SandboxBook;
  readonly clock: Clock;
  readonly webhookSecret: string;
  /** Where the server listens for webhooks; null sends none. */
  readonly webhookUrl: string | null;
  /**
   * Where a fan confirms a payment: the sandbox's own page, not the shop's. `path` holds a secret of this confirmation:
   * whoever knows the order's id must not be able to answer for its fan.
   */
  readonly actionUrl: (path: string) => string;
  /** How long a late bank takes. */
  readonly lateMs?: number;
};

/** How the payment stands right after it was asked for. */
const FIRST_STATE: Record<SandboxMethod, ProviderPayment["state"]> = {
  card_ok: "authorised",
  card_declined: "declined",
  card_3ds: "requires_action",
  card_stall: "authorised",
  card_slow: "authorised",
  card_late_webhook: "requires_action",
  card_duplicate_webhook: "requires_action",
};
const LATE_MS = 4_000;
/** How long a slow bank takes to answer the call itself. */
const SLOW_MS = 2_500;
const TWICE_AFTER_MS = 250;
const WEBHOOK_LIMIT_MS = 5_000;

/**
 * A provider that behaves like the real ones, badly when asked to: it declines, stalls (the answer is lost, the money is
 * reserved all the same), wants a confirmation, and sends its webhooks late or twice. Its books are its own.
 */
export function makeSandboxProvider(deps: SandboxDeps): PaymentProvider & { confirm: SandboxConfirm } {
  const { book, clock } = deps;

  const moveOrThrow = async (
    providerRef: string,
    from: ProviderPayment["state"][],
    to: ProviderPayment["state"],
  ) => {
    const moved = await book.move(providerRef, from, to);
    if (!moved) throw new ProviderUnavailable(`the sandbox knows no payment ${providerRef}`);
    return answerOf(moved);
  };

  return {
    name: "sandbox",
    authorise: (input) => authorise(deps, input),
    capture: (input) => moveOrThrow(input.providerRef, ["authorised"], "captured"),
    voidPayment: (input) => moveOrThrow(input.providerRef, ["authorised", "requires_action"], "voided"),
    refund: (input) => moveOrThrow(input.providerRef, ["captured"], "refunded"),
    find: async (providerRef) => answerOrNull(await book.find(providerRef)),
    findByKey: async (idempotencyKey) => answerOrNull(await book.findByKey(idempotencyKey)),
    readWebhook: (rawBody, headers) =>
      readSignedWebhook({
        rawBody,
        signature: headers[SIGNATURE_HEADER],
        secret: deps.webhookSecret,
        nowMs: clock.nowMs(),
      }),

    confirm: {
      async find(path) {
        const payment = await book.find(path.split("/").at(-1) ?? "");
        return payment?.actionUrl && isSame(payment.actionUrl, deps.actionUrl(path)) ? payment : null;
      },
      async answer(providerRef, approve) {
        const payment = await book.move(
          providerRef,
          ["requires_action"],
          approve ? "authorised" : "declined",
        );
        if (payment) await tell(deps, payment, `payment.${payment.state}`).catch(() => undefined);
        return payment;
      },
    },
  };
}

const newToken = () => randomBytes(24).toString("base64url");

function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

async function authorise(
  deps: SandboxDeps,
  input: Parameters<PaymentProvider["authorise"]>[0],
): Promise<ProviderPayment> {
  const method = isSandboxMethod(input.method) ? input.method : "card_declined";
  const providerRef = `sbx_${createHash("sha256").update(input.idempotencyKey).digest("hex").slice(0, 32)}`;
  const state = FIRST_STATE[method];
  const payment = await deps.book.open(input.idempotencyKey, {
    providerRef,
    orderId: input.orderId,
    state,
    method,
    amountMinor: input.amountMinor,
    currency: input.currency,
    returnUrl: input.returnUrl,
    // The other methods that wait are answered by the bank itself: a page that asks the fan would promise the wrong thing.
    actionUrl: method === "card_3ds" ? deps.actionUrl(`${newToken()}/${providerRef}`) : null,
    declineReason: state === "declined" ? "card_declined" : null,
  });
  if (method === "card_slow") await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
  if (method === "card_stall") throw new ProviderUnavailable("the bank did not answer in time");
  if (method === "card_late_webhook") tellLater(deps, payment, { afterMs: deps.lateMs ?? LATE_MS, times: 1 });
  if (method === "card_duplicate_webhook") tellLater(deps, payment, { afterMs: TWICE_AFTER_MS, times: 3 });
  return answerOf(payment);
}

/** One delivery; the same change of the same payment has the same event id. */
async function tell(deps: SandboxDeps, payment: SandboxPayment, type: string): Promise<void> {
  if (!deps.webhookUrl) return;
  const body = JSON.stringify({
    id: `evt_${payment.providerRef}_${type}`,
    type,
    providerRef: payment.providerRef,
  });
  const signature = signWebhook(body, deps.webhookSecret, deps.clock.nowMs());
  await fetch(deps.webhookUrl, {
    method: "POST",
    headers: { "content-type": "application/json", [SIGNATURE_HEADER]: signature },
    body,
    signal: AbortSignal.timeout(WEBHOOK_LIMIT_MS),
  });
}

/** The bank makes up its mind later. A delivery that fails is a lost webhook; the server must find out by asking. */
function tellLater(
  deps: SandboxDeps,
  payment: SandboxPayment,
  { afterMs, times }: { afterMs: number; times: number },
): void {
  const answer = async () => {
    const moved = await deps.book.move(payment.providerRef, ["requires_action"], "authorised");
    for (let i = 0; moved && i < times; i++) await tell(deps, moved, "payment.authorised");
  };
  setTimeout(() => void answer().catch(() => undefined), afterMs).unref();
}

/** What the sandbox's own confirmation page does. */
export type SandboxConfirm = {
  /** By the path that `actionUrl` was given, secret and all. */
  find(path: string): Promise<SandboxPayment | null>;
  answer(providerRef: string, approve: boolean): Promise<SandboxPayment | null>;
};

const answerOrNull = (payment: SandboxPayment | null) => (payment ? answerOf(payment) : null);

function answerOf(payment: SandboxPayment): ProviderPayment {
  const { providerRef, state, amountMinor, currency, declineReason } = payment;
  return {
    providerRef,
    state,
    amountMinor,
    currency,
    declineReason,
    actionUrl: state === "requires_action" ? payment.actionUrl : null,
  };
}
