import type { IncomingMessage, ServerResponse } from "node:http";
import { formatMoney } from "@onsale/core/shared/money";
import type { Config } from "../config.ts";
import type { Providers } from "../compose/providers.ts";
import { isOwnOrigin } from "../context.ts";
import { escapeHtml } from "./escape-html.ts";
import { readBody } from "./read-body.ts";

const PATH = /^\/sandbox\/confirm\/([A-Za-z0-9_-]{32}\/(sbx_[0-9a-f]{32}))$/;

/**
 * The page on which a fan confirms a sandbox payment, as a bank's own page would be: plain HTML, no script, apart from
 * the shop. GET shows it, POST with answer=approve|refuse decides and sends the fan back.
 */
export type SandboxPagesParts = {
  readonly provider: Providers["provider"];
  readonly config: Pick<Config, "publicUrl">;
};

export function makeSandboxPages({ provider: { confirm }, config }: SandboxPagesParts) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const [, path, ref] = PATH.exec((req.url ?? "").split("?", 1)[0] ?? "") ?? [];
    const payment = path ? await confirm.find(path) : null;
    if (!ref || !payment) return page(res, 404, "<h1>There is no such payment.</h1>");
    if (req.method === "POST") {
      if (!isOwnOrigin(req, config.publicUrl))
        return page(res, 403, "<h1>This request did not come from this page.</h1>");
      const body = await readBody(req, 1_024);
      if (body.kind === "gone") return;
      if (body.kind === "too_large") return page(res, 413, "<h1>That is more than this page takes.</h1>");
      const text = body.bytes.toString("utf8");
      const decision = new URLSearchParams(text).get("answer");
      if (decision === "approve" || decision === "refuse") await confirm.answer(ref, decision === "approve");
      res.writeHead(303, { location: payment.returnUrl }).end();
      return;
    }
    const amount = escapeHtml(formatMoney(payment.amountMinor, payment.currency));
    const open = payment.state === "requires_action";
    page(
      res,
      200,
      `<p class="tag">Sandbox bank. No real money moves here.</p><h1>Confirm ${amount}</h1>
       <p>Onsale asks for ${amount}. Was that you?</p>
       ${
         open
           ? `<form method="post"><button name="answer" value="approve" class="primary">Approve ${amount}</button>
              <button name="answer" value="refuse">Refuse</button></form>`
           : `<p>This payment was already answered.</p><p><a href="${escapeHtml(payment.returnUrl)}">Back to your order</a></p>`
       }`,
    );
  };
}

const STYLE = `body{font:18px/1.5 system-ui,sans-serif;margin:0;background:#eef1f4;color:#1c1917;display:grid;min-height:100vh;place-items:center}
main{background:#fff;padding:32px;max-width:26rem;margin:16px;border:1px solid #cbd2d9}h1{font-size:28px;margin:8px 0 16px}
.tag{font-size:14px;color:#475569;margin:0}form{display:grid;gap:12px}button{font:inherit;padding:12px 16px;border:1px solid #334155;background:#fff;cursor:pointer}
.primary{background:#1e3a5f;color:#fff;border-color:#1e3a5f}button:focus-visible{outline:3px solid #d9381e;outline-offset:2px}`;

function page(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    // form-action is left open on purpose: browsers apply it to the redirect back to the shop as well.
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  })
    .end(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sandbox bank</title><style>${STYLE}</style><main>${body}</main></html>`);
}
