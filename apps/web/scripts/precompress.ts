/**
 * Packs what the build wrote at the highest levels, once, so that the server never does: name.js.br and name.js.gz beside
 * name.js. Run after `next build`.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const PACKED = /\.(?:js|css|svg|json|txt|webmanifest)$/;
/** Below this the headers weigh more. */
const FROM_BYTES = 512;
const AT_ONCE = 4;

const dir = path.join(import.meta.dirname, "..", ".next", "static");
const names = (await readdir(dir, { recursive: true })).filter((name) => PACKED.test(name));

async function packNext(): Promise<void> {
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    const file = path.join(dir, name);
    const bytes = await readFile(file);
    if (bytes.length < FROM_BYTES) continue;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    const [br, gz] = await Promise.all([brotli(bytes, { params }), zip(bytes, { level: 9 })]);
    await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, packNext));
