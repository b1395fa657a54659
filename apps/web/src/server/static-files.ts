import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import sirv from "sirv";

const BUILT = "/_next/static/";
const YEAR_S = 31_536_000;

/**
 * What the build wrote, packed by scripts/precompress.ts, and the files of public/. Answers true when the path was one
 * of those; Next serves what it makes while it develops.
 */
export function makeStaticFiles({
  dir,
  isBuilt,
}: {
  dir: string;
  isBuilt: boolean;
}): (req: IncomingMessage, res: ServerResponse) => boolean {
  const built = sirv(path.join(dir, ".next", "static"), {
    brotli: true,
    gzip: true,
    dotfiles: true,
    maxAge: YEAR_S,
    immutable: true,
  });
  const given = sirv(path.join(dir, "public"), { brotli: true, gzip: true, etag: true, maxAge: 0 });

  return (req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") return false;
    const { url = "/" } = req;
    // Files are sent whole. A range that ends before it begins would throw in sirv.
    delete req.headers.range;
    // A build that was replaced under the running server has taken files away; sirv leaves their fault to the process.
    res.once("pipe", (file) => file.once("error", () => res.destroy()));
    let isOurs = true;
    const isNone = () => {
      isOurs = false;
    };
    if (!url.startsWith(BUILT)) {
      given(req, res, isNone);
      return isOurs;
    }
    if (!isBuilt) return false;
    req.url = url.slice(BUILT.length - 1);
    built(req, res, isNone);
    if (!isOurs)
      res.writeHead(404, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" }).end();
    return true;
  };
}
