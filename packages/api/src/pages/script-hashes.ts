import { createHash } from "node:crypto";

const SCRIPT = /<script([^>]*)>([\s\S]*?)<\/script>/g;
/** What React's data is handed over with, piece by piece. */
const PIECE = "self.__next_f.push(";

/**
 * A page that was rendered with a nonce, as one that can be given to many: the nonce is taken out, and the scripts that
 * bore it are named by their hashes for the policy. A script without the nonce, such as one that somebody's text
 * brought in, is not named and does not run. Neighbouring pieces of data become one script, so that the policy's header
 * stays small however long the page is.
 */
export function hashScripts(page: string, nonce: string): { html: string; hashes: readonly string[] } {
  const bearer = ` nonce="${nonce}"`;
  const joined = page.replaceAll(`)</script><script${bearer}>${PIECE}`, `);${PIECE}`);
  const without = (text: string) => text.replaceAll(bearer, "").replaceAll(nonce, "");
  const hashes = new Set<string>();
  for (const [, attributes = "", script = ""] of joined.matchAll(SCRIPT)) {
    if (!attributes.includes(bearer) || /\ssrc=/.test(attributes)) continue;
    hashes.add(`'sha256-${createHash("sha256").update(without(script)).digest("base64")}'`);
  }
  return { html: without(joined), hashes: [...hashes] };
}
