import { PLAIN_WORDS } from "./words/en.ts";
import type { PlainReason } from "./words/plain-words.ts";

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
  const { language, pages, again: later, now } = PLAIN_WORDS;
  const { title, text } = pages[reason];
  const again = retryAfterS === null ? "" : `<p>${later(retryAfterS)}</p>`;
  const refresh = retryAfterS === null ? "" : `<meta http-equiv="refresh" content="${retryAfterS}">`;
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">` +
    `<title>${title}</title>${refresh}<style>${STYLE}</style></head>` +
    `<body><main><h1>${title}</h1><p>${text}</p>${again}<p><a href="">${now}</a></p></main></body></html>\n`
  );
}
