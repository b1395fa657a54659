import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bytesIn, encodingFor, makePackOnce, pack } from "./encoding.ts";

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["br", "br"],
  ["gzip;q=1.0, BR;q=0.5", "br"],
  ["gzip, br;q=0", "gzip"],
  ["gzip, br; q=0.000", "gzip"],
  ["brotli-not", null],
  ["identity", null],
  [undefined, null],
])("who accepts %s gets %s", (accepted, expected) => {
  expect(encodingFor({ headers: accepted === undefined ? {} : { "accept-encoding": accepted } })).toBe(
    expected,
  );
});

test("every encoding holds the same bytes", async () => {
  const text = Buffer.from("One programme for everybody. ".repeat(200));
  const packed = await pack(text);
  expect(brotliDecompressSync(bytesIn(packed, "br"))).toEqual(text);
  expect(gunzipSync(bytesIn(packed, "gzip"))).toEqual(text);
  expect(bytesIn(packed, null)).toEqual(text);
});

test("the same bytes are packed once, and others anew", async () => {
  const packOnce = makePackOnce();
  const stock = new Uint8Array(1_000);
  const [first, second] = await Promise.all([packOnce(stock), packOnce(stock)]);
  expect(second).toBe(first);
  expect(brotliDecompressSync(first.br)).toEqual(Buffer.from(stock));
  expect(await packOnce(new Uint8Array(1_000))).not.toBe(first);
});
