import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { hashScripts } from "./script-hashes.ts";

const NONCE = "n0nce-of_one-render";
const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

test("scripts that bore the nonce are named as they stand in the page, and the nonce is gone", () => {
  const { html, hashes } = hashScripts(
    `<link rel="preload" nonce="${NONCE}"><script nonce="${NONCE}">self.x=["$","script",{"nonce":"${NONCE}"}]</script><p>Text</p><script src="/a.js" async="" nonce="${NONCE}"></script>`,
    NONCE,
  );
  expect(html).not.toContain(NONCE);
  expect(html).toContain('<script src="/a.js" async=""></script>');
  const [, script = ""] = /<script>(.*?)<\/script>/.exec(html) ?? [];
  expect(hashes).toEqual([hashOf(script)]);
});

test("a script that the text of an event brought in is not named", () => {
  const { hashes } = hashScripts(
    `<script>alert(1)</script><script nonce="guessed">alert(2)</script><script nonce="${NONCE}">ours()</script>`,
    NONCE,
  );
  expect(hashes).toEqual([hashOf("ours()")]);
});

test("however many pieces a page's data comes in, few scripts are named, and they say the same in the same order", () => {
  const piece = (n: number) => `<script nonce="${NONCE}">self.__next_f.push([1,"${n}"])</script>`;
  const pieces = Array.from({ length: 100 }, (_, n) => piece(n)).join("");
  const { html, hashes } = hashScripts(`${pieces}<p>End</p><script nonce="${NONCE}">last()</script>`, NONCE);
  expect(hashes).toHaveLength(2);
  const [, data = ""] = /^<script>(.*?)<\/script><p>End<\/p><script>last\(\)<\/script>$/.exec(html) ?? [];
  expect(data.split(";")).toEqual(Array.from({ length: 100 }, (_, n) => `self.__next_f.push([1,"${n}"])`));
});
