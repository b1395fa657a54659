/** A page that costs nothing to make, for when no other can be made. */
export type PlainReason = "busy" | "outage" | "failed";

/** No promise about seats: their time runs on meanwhile, and a Redis that lost everything has lost them. */
const KEPT =
  "If you hold seats, look at your checkout as soon as it can be shown: their time runs on. A payment is never taken twice.";
const WORDS: Readonly<Record<PlainReason, { title: string; text: string }>> = {
  busy: { title: "So many are here that this page has to wait.", text: KEPT },
  outage: { title: "Onsale does not answer right now.", text: KEPT },
  failed: {
    title: "This page could not be shown.",
    text: `Something went wrong on our side. ${KEPT} If you were paying, look under My tickets first.`,
  },
};

/** Nothing runs and nothing is fetched. */
export const PLAIN_PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE =
  "html{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;padding:24px;" +
  "box-sizing:border-box;background:#faf7f2;color:#1c1917;font:18px/1.5 system-ui,sans-serif}main{max-width:32em}" +
  "h1{font-size:28px;line-height:1.2;margin:0 0 16px}a{color:inherit;display:inline-block;padding:12px 0}" +
  "@media(prefers-color-scheme:dark){body{background:#14120f;color:#f5f0e8}}";

/** `retryAfterS`: the page asks again by itself; null: it does not, as after a form that was sent. */
export function plainPage(reason: PlainReason, retryAfterS: number | null): string {
  const { title, text } = WORDS[reason];
  const again =
    retryAfterS === null ? "" : `<p>This page tries again by itself in ${retryAfterS} seconds.</p>`;
  const refresh = retryAfterS === null ? "" : `<meta http-equiv="refresh" content="${retryAfterS}">`;
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">` +
    `<title>${title}</title>${refresh}<style>${STYLE}</style></head>` +
    `<body><main><h1>${title}</h1><p>${text}</p>${again}<p><a href="">Try again now</a></p></main></body></html>\n`
  );
}
