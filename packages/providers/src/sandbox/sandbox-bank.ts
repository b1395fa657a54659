import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import {
  type PaymentProvider,
  type ProviderPayment,
  ProviderUnavailable,
} from "@onsale/core/payment/payment-provider";
import { ProviderRefusal } from "@onsale/core/payment/provider-refusal";
import type {
  SandboxBook,
  SandboxEntry,
  SandboxMove,
  SandboxPayment,
} from "@onsale/core/payment/sandbox-book";
import type { OrderId } from "@onsale/core/shared/ids";
import { isSandboxMethod, type SandboxMethod } from "./sandbox-method.ts";
import type { TellShop } from "./tell-shop.ts";

export type SandboxBankDeps = {
  readonly book: SandboxBook;
  readonly tell: TellShop;
  /**
   * Where a fan confirms a payment: the sandbox's own page, not the shop's. `path` holds a secret of this confirmation:
   * whoever knows the order's id must not be able to answer for its fan.
   */
  readonly actionUrl: (path: string) => string;
  /** How long a late bank takes. */
  readonly lateMs?: number;
};

type Money = Parameters<PaymentProvider["capture"]>[0];

/** What a sandbox does, however it is reached: in the shop's own process or over HTTP. */
export type SandboxBank = Omit<PaymentProvider, "name" | "readWebhook"> & {
  /** The newest of an order's payments. */
  findByOrder(orderId: OrderId): Promise<ProviderPayment | null>;
  list(page: { after: string | null; limit: number }): Promise<SandboxEntry[]>;
  readonly confirm: SandboxConfirm;
  /** After a restart: banks that had not made up their mind go on with it. */
  resume(): Promise<void>;
};

/** What the sandbox's own confirmation page does. */
export type SandboxConfirm = {
  /** By the path that `actionUrl` was given, secret and all. */
  find(path: string): Promise<SandboxPayment | null>;
  /** The first answer stands, for good. */
  answer(providerRef: string, approve: boolean): Promise<SandboxMove | null>;
};

type Decided = { readonly by: "call"; readonly state: ProviderPayment["state"] };
/** Either the fan decides on a page or the bank by itself, never both: a fan who refused would be overruled. */
type Undecided =
  | { readonly by: "fan" }
  /** `afterMs` null: as late as late banks are here. */
  | { readonly by: "bank"; readonly afterMs: number | null; readonly times: number };

const DECISION: Record<SandboxMethod, Decided | Undecided> = {
  card_ok: { by: "call", state: "authorised" },
  card_declined: { by: "call", state: "declined" },
  card_3ds: { by: "fan" },
  card_stall: { by: "call", state: "authorised" },
  card_slow: { by: "call", state: "authorised" },
  card_late_webhook: { by: "bank", afterMs: null, times: 1 },
  card_duplicate_webhook: { by: "bank", afterMs: 250, times: 3 },
};
const LATE_MS = 4_000;
/** How long a slow bank takes to answer the call itself. */
const SLOW_MS = 2_500;
const RESUME_PAGE = 1_000;

/**
 * A bank that behaves like the real ones, badly when asked to: it declines, stalls (the answer is lost, the money is
 * reserved all the same), wants a confirmation, and sends its webhooks late or twice. Its books are its own.
 */
export function makeSandboxBank(deps: SandboxBankDeps): SandboxBank {
  const { book } = deps;

  async function move(
    { providerRef }: { providerRef: string },
    from: ProviderPayment["state"][],
    to: ProviderPayment["state"],
  ) {
    const answer = await book.move(providerRef, from, to);
    if (!answer) throw new ProviderRefusal("unknown_payment");
    return answerOf(answer.payment);
  }

  return {
    authorise: (input) => authorise(deps, input),
    capture: (input: Money) => move(input, ["authorised"], "captured"),
    voidPayment: (input) => move(input, ["authorised", "requires_action"], "voided"),
    refund: (input: Money) => move(input, ["captured"], "refunded"),
    find: async (providerRef) => answerOrNull(await book.find(providerRef)),
    findByKey: async (idempotencyKey) => answerOrNull(await book.findByKey(idempotencyKey)),
    findByOrder: async (orderId: OrderId) => answerOrNull(await book.findByOrder(orderId)),
    list: (page) => book.list(page),
    confirm: makeConfirm(deps),
    resume: () => resume(deps),
  };
}

function makeConfirm({ book, tell, actionUrl }: SandboxBankDeps): SandboxConfirm {
  return {
    async find(path) {
      const payment = await book.find(path.split("/").at(-1) ?? "");
      return payment?.actionUrl && isSame(payment.actionUrl, actionUrl(path)) ? payment : null;
    },
    async answer(providerRef, approve) {
      const answer = await book.move(providerRef, ["requires_action"], approve ? "authorised" : "declined");
      if (answer?.moved) await tell(answer.payment).catch(() => undefined);
      return answer;
    },
  };
}

async function authorise(
  deps: SandboxBankDeps,
  input: Parameters<PaymentProvider["authorise"]>[0],
): Promise<ProviderPayment> {
  const method = isSandboxMethod(input.method) ? input.method : "card_declined";
  const decision = DECISION[method];
  const providerRef = `sbx_${createHash("sha256").update(input.idempotencyKey).digest("hex").slice(0, 32)}`;
  const state = decision.by === "call" ? decision.state : "requires_action";
  const payment = await deps.book.open(input.idempotencyKey, {
    providerRef,
    orderId: input.orderId,
    state,
    method,
    amountMinor: input.amountMinor,
    currency: input.currency,
    returnUrl: input.returnUrl,
    actionUrl: decision.by === "fan" ? deps.actionUrl(`${newToken()}/${providerRef}`) : null,
    declineReason: state === "declined" ? "card_declined" : null,
  });
  if (!isOfCall(payment, input)) throw new ProviderRefusal("key_reused");
  if (method === "card_slow") await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
  if (method === "card_stall") throw new ProviderUnavailable("the bank did not answer in time");
  decideLater(deps, payment);
  return answerOf(payment);
}

function isOfCall(payment: SandboxPayment, call: Parameters<PaymentProvider["authorise"]>[0]): boolean {
  const { orderId, amountMinor, currency } = payment;
  return orderId === call.orderId && amountMinor === call.amountMinor && currency === call.currency;
}

/** A bank that decides by itself does so later. A delivery that fails is a lost webhook; the shop must find out by asking. */
function decideLater({ book, tell, lateMs = LATE_MS }: SandboxBankDeps, payment: SandboxPayment): void {
  const decision = isSandboxMethod(payment.method) ? DECISION[payment.method] : null;
  if (decision?.by !== "bank" || payment.state !== "requires_action") return;
  const decide = async () => {
    const answer = await book.move(payment.providerRef, ["requires_action"], "authorised");
    // Whoever was faster has decided, and a bank tells nothing that is not so.
    for (let i = 0; answer?.moved && i < decision.times; i++) await tell(answer.payment);
  };
  setTimeout(() => void decide().catch(() => undefined), decision.afterMs ?? lateMs).unref();
}

async function resume(deps: SandboxBankDeps): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const page: SandboxEntry[] = await deps.book.list({ after, limit: RESUME_PAGE });
    for (const payment of page) decideLater(deps, payment);
    after = page.at(-1)?.providerRef ?? null;
    if (page.length < RESUME_PAGE) return;
  }
}

const newToken = () => randomBytes(24).toString("base64url");

function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}

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
