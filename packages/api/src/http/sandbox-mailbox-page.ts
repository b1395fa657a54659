import type { IncomingMessage, ServerResponse } from "node:http";
import type { Mailbox } from "@onsale/core/mail/mailbox";
import type { Config } from "../config.ts";
import { answer } from "./answer.ts";
import { escapeHtml } from "@onsale/core/shared/escape-html";
import { asksThisMachine } from "./local-host.ts";

export const MAILBOX_PATH = "/sandbox/mail";

/** `mailbox` null: mails are sent. */
export type MailboxPageParts = {
  readonly mailbox: Pick<Mailbox, "list"> | null;
  readonly config: Pick<Config, "publicUrl">;
};

/** The mails of a machine without a mail server, as a page or, when asked for it, as JSON; `?to=` narrows them down. */
export function makeSandboxMailboxPage({ mailbox, config }: MailboxPageParts) {
  const withLinks = (text: string) =>
    text.replaceAll(/https?:\/\/[^\s<]+/g, (url) =>
      url.startsWith(`${config.publicUrl}/`) ? `<a href="${url}">${url}</a>` : url,
    );
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (!mailbox || !asksThisMachine(req))
      return answer(req, res, { status: 404, body: "There is nothing here.\n" });
    const to = new URL(req.url ?? "/", config.publicUrl).searchParams.get("to");
    const mails = (await mailbox.list()).filter((mail) => to === null || mail.to === to.toLowerCase());
    if ((req.headers.accept ?? "").includes("application/json"))
      return answer(req, res, {
        status: 200,
        body: JSON.stringify(mails),
        headers: { "content-type": "application/json" },
      });
    const shown = mails.map(
      ({ to: name, subject, text }) =>
        `<article><h2>${escapeHtml(subject)}</h2><p class="to">To ${escapeHtml(name)}</p><pre>${withLinks(escapeHtml(text))}</pre></article>`,
    );
    answer(req, res, {
      status: 200,
      body: page(shown.join("") || "<p>No mail yet. Reload in a moment.</p>"),
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy":
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      },
    });
  };
}

const STYLE = `body{font:17px/1.5 system-ui,sans-serif;margin:0;background:#eef1f4;color:#1c1917}main{max-width:44rem;margin:0 auto;padding:16px}
h1{font-size:26px}h2{font-size:19px;margin:0}article{background:#fff;border:1px solid #cbd2d9;padding:16px;margin:12px 0}.to{color:#475569;margin:4px 0}
pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere;margin:12px 0 0}`;

const page = (body: string) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Sandbox mailbox</title><style>${STYLE}</style>
<main><h1>Sandbox mailbox</h1><p>No mail server is set up on this machine, so its mails are here: everybody's, for a day.</p>
${body}</main></html>`;
