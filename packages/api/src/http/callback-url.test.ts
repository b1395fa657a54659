import { expect, test } from "vitest";
import { isForeignCallback, isOwnPage } from "./callback-url.ts";

const SITE = "https://tickets.example";
const FOREIGN = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  " javascript:alert(1)",
  "data:text/html,x",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "https://evil.example/",
  "https://tickets.example.evil.example/",
  "https://tickets.example@evil.example/",
  "http://tickets.example/",
  "https://tickets.example:8443/",
  "events",
  "",
];
const OWN = ["/", "/events/night?view=list#row", SITE, `${SITE}/`, `${SITE}/tickets`];

test.each(FOREIGN)("%j is no way back", (callback) => {
  expect(isOwnPage(callback, SITE)).toBe(false);
});

test.each(OWN)("%j is a way back", (callback) => {
  expect(isOwnPage(callback, SITE)).toBe(true);
});

const asked = (url: string, headers: Record<string, string> = {}, body: string | null = null) =>
  isForeignCallback({ url, headers }, body === null ? null : Buffer.from(body), SITE);

test.each([
  ["the query", (to: string) => asked(`/api/auth/signin?callbackUrl=${encodeURIComponent(to)}`)],
  [
    "a second one in the query",
    (to: string) => asked(`/api/auth/signin?callbackUrl=/&callbackUrl=${encodeURIComponent(to)}`),
  ],
  ["a form", (to: string) => asked("/api/auth/signout", {}, `x=1&callbackUrl=${encodeURIComponent(to)}`)],
  [
    "JSON",
    (to: string) =>
      asked("/api/auth/signout", { "content-type": "application/json" }, JSON.stringify({ callbackUrl: to })),
  ],
  [
    "the cookie",
    (to: string) =>
      asked("/api/auth/session", { cookie: `a=b; __Secure-authjs.callback-url=${encodeURIComponent(to)}` }),
  ],
])("a way back to another site is refused in %s, one of this site is not", (_place, isRefused) => {
  for (const foreign of FOREIGN)
    expect({ foreign, refused: isRefused(foreign) }).toEqual({ foreign, refused: true });
  for (const own of OWN) expect({ own, refused: isRefused(own) }).toEqual({ own, refused: false });
});

test("pages that know no callback are not looked through", () => {
  expect(asked("/events?callbackUrl=javascript:x")).toBe(false);
});
