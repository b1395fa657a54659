import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeStaticFiles } from "./static-files.ts";

const SCRIPT = "export const seats = 1;\n".repeat(200);
const dir = mkdtempSync(path.join(tmpdir(), "static-files-"));
const server = createServer((req, res) => {
  if (!answerFile(req, res)) res.writeHead(200).end("a page");
});
let answerFile: ReturnType<typeof makeStaticFiles>;
let url = "";

beforeAll(async () => {
  mkdirSync(path.join(dir, ".next", "static", "chunks"), { recursive: true });
  mkdirSync(path.join(dir, "public"));
  const file = path.join(dir, ".next", "static", "chunks", "a.js");
  writeFileSync(file, SCRIPT);
  writeFileSync(`${file}.br`, brotliCompressSync(SCRIPT));
  writeFileSync(path.join(dir, ".next", "static", "chunks", "gone.js"), SCRIPT);
  writeFileSync(path.join(dir, "public", "worker.js"), "// a worker\n");
  answerFile = makeStaticFiles({ dir, isBuilt: true });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address has a port
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true });
});

test("a file of the build is sent as it was packed by the build, for a year", async () => {
  const answer = await fetch(`${url}/_next/static/chunks/a.js`, { headers: { "accept-encoding": "br" } });
  expect(answer.headers.get("content-encoding")).toBe("br");
  expect(answer.headers.get("content-length")).toBe(String(brotliCompressSync(SCRIPT).length));
  expect(answer.headers.get("cache-control")).toBe("public,max-age=31536000,immutable");
  expect(answer.headers.get("vary")).toBe("Accept-Encoding");
  expect(await answer.text()).toBe(SCRIPT);
});

test.each(["bytes=5-2", "bytes=-5", "bytes=999999-", "bytes=0-1,4-5", "x"])(
  "a range (%s) gets the whole file and stops nothing",
  async (range) => {
    const answer = await fetch(`${url}/_next/static/chunks/a.js`, {
      headers: { range, "accept-encoding": "identity" },
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(SCRIPT);
  },
);

test("a file that the build does not have costs no page, and nothing outside of it is read", async () => {
  for (const name of ["chunks/b.js", "..%2f..%2fpublic/worker.js", "%"])
    expect((await fetch(`${url}/_next/static/${name}`)).status).toBe(404);
});

test("a file that a newer build has taken away breaks its own answer and nothing else", async () => {
  rmSync(path.join(dir, ".next", "static", "chunks", "gone.js"));
  await expect(fetch(`${url}/_next/static/chunks/gone.js`).then((answer) => answer.text())).rejects.toThrow(
    /fetch failed|terminated/,
  );
  expect((await fetch(`${url}/_next/static/chunks/a.js`)).status).toBe(200);
});

test("files of public/ are asked for again each time; everything else is a page", async () => {
  const worker = await fetch(`${url}/worker.js`);
  expect(worker.headers.get("cache-control")).toBe("public,max-age=0,must-revalidate");
  const etag = worker.headers.get("etag") ?? "";
  expect((await fetch(`${url}/worker.js`, { headers: { "if-none-match": etag } })).status).toBe(304);
  for (const name of ["/", "/events/x", "/worker", "/.next/static/chunks/a.js"])
    expect(await (await fetch(`${url}${name}`)).text()).toBe("a page");
  expect(await (await fetch(`${url}/worker.js`, { method: "POST" })).text()).toBe("a page");
});
