import { escapeHtml } from "@onsale/core/shared/escape-html";
import type { SandboxMove, SandboxPayment } from "@onsale/core/payment/sandbox-book";
import { formatMoney } from "@onsale/core/shared/money";
import type { SandboxConfirm } from "./sandbox-bank.ts";

/** Where the pages are, behind the address of whoever shows them. */
export const CONFIRM_PATH = "/sandbox/confirm/";
const PATH = /^\/sandbox\/confirm\/([A-Za-z0-9_-]{32}\/(sbx_[0-9a-f]{32}))$/;

export type PageRequest = {
  readonly method: string | undefined;
  /** With its query or without. */
  readonly url: string | undefined;
  readonly origin: string | undefined;
  /** Called only where it is wanted. "gone": nobody waits for an answer. */
  readonly readForm: () => Promise<{ text: string } | "too_large" | "gone">;
};
export type PageAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
/** null: whoever asked has gone. */
export type ConfirmPage = (request: PageRequest) => Promise<PageAnswer | null>;

/**
 * The page on which a fan confirms a sandbox payment, as a bank's own page would be: plain HTML, no script, apart from
 * the shop. GET shows it, POST with answer=approve|refuse decides and sends the fan back. `origin`: of this page, from which
 * alone answers are taken.
 */
export function makeConfirmPage(confirm: SandboxConfirm, origin: string): ConfirmPage {
  return async ({ method, url, origin: from, readForm }) => {
    const [, path, ref] = PATH.exec((url ?? "").split("?", 1)[0] ?? "") ?? [];
    const payment = path ? await confirm.find(path) : null;
    if (!ref || !payment) return page(404, nothing("There is no such payment."));
    if (method !== "POST") return page(200, question(payment));
    if (from !== origin) return page(403, nothing("This answer did not come from this page."));
    const form = await readForm();
    if (form === "gone") return null;
    if (form === "too_large") return page(413, nothing("That is more than this page takes."));
    const decision = new URLSearchParams(form.text).get("answer");
    if (decision !== "approve" && decision !== "refuse") return back(payment);
    const answer = await confirm.answer(ref, decision === "approve");
    // The first answer stands. Who gave another one is told, or they would take their word for the last.
    return answer && !isHeard(answer, decision) ? page(409, answered(answer.payment)) : back(payment);
  };
}

function isHeard({ moved, payment: { state } }: SandboxMove, decision: "approve" | "refuse"): boolean {
  const approved = state === "authorised" || state === "captured" || state === "refunded";
  return moved || (decision === "approve" ? approved : !approved);
}

const back = ({ returnUrl }: SandboxPayment): PageAnswer => ({
  status: 303,
  headers: { location: returnUrl },
  body: "",
});

function question(payment: SandboxPayment): string {
  if (payment.state !== "requires_action") return answered(payment);
  const amount = amountOf(payment);
  return `${TAG}<h1>Confirm ${amount}</h1><p>Onsale asks for ${amount}. Was that you?</p>
    <form method="post"><button name="answer" value="approve" class="primary">Approve ${amount}</button>
    <button name="answer" value="refuse">Refuse</button></form>`;
}

const STANDS: Record<Exclude<SandboxPayment["state"], "requires_action">, string> = {
  authorised: "It was approved, and the money is reserved.",
  captured: "It was approved, and the money was taken.",
  refunded: "The money was paid back.",
  declined: "It was refused, and nothing was taken.",
  voided: "The shop cancelled it, and nothing was taken.",
};

function answered(payment: SandboxPayment): string {
  const stands = payment.state === "requires_action" ? "" : STANDS[payment.state];
  return `${TAG}<h1>This payment was already answered.</h1><p>${amountOf(payment)}. ${stands}</p>
    <p><a class="primary" href="${escapeHtml(payment.returnUrl)}">Back to your order</a></p>`;
}

const nothing = (why: string) => `${TAG}<h1>${why}</h1>
    <p>Nothing was decided here. Open your order in the shop and go on to the bank from there.</p>`;

const amountOf = ({ amountMinor, currency }: SandboxPayment) =>
  escapeHtml(formatMoney(amountMinor, currency));

const TAG = `<p class="tag">Sandbox bank. No real money moves here.</p>`;
const STYLE = `body{font:18px/1.5 system-ui,sans-serif;margin:0;background:#eef1f4;color:#1c1917;display:grid;min-height:100vh;place-items:center}
main{background:#fff;box-sizing:border-box;padding:clamp(20px,6vw,32px);width:calc(100% - 32px);max-width:30rem;margin:16px 0;border:1px solid #cbd2d9;border-top:6px solid #1e3a5f}
h1{font-size:clamp(22px,6vw,28px);line-height:1.25;margin:8px 0 16px;text-wrap:balance}p:last-child{margin-bottom:0}
.tag{font-size:14px;color:#475569;margin:0}form{display:grid;gap:12px}button,a{font:inherit;padding:12px 16px;border:1px solid #334155;background:#fff;color:inherit;cursor:pointer}
a{display:block;text-align:center;text-decoration:none}.primary{background:#1e3a5f;color:#fff;border-color:#1e3a5f}:focus-visible{outline:3px solid #d9381e;outline-offset:2px}`;

function page(status: number, body: string): PageAnswer {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      // form-action is left open on purpose: browsers apply it to the redirect back to the shop as well.
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sandbox bank</title><style>${STYLE}</style><main>${body}</main></html>`,
  };
}
