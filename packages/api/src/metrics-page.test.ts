import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { hasProxy, mayRead } from "./metrics-page.ts";

const from = (remoteAddress: string, headers: IncomingMessage["headers"] = {}) => ({
  headers: { host: "127.0.0.1:3000", ...headers },
  socket: { remoteAddress } as IncomingMessage["socket"],
});
const TOKEN = "a token of some length";
const OPEN = { token: null, isBehindProxy: false };
const CLOSED = { token: TOKEN, isBehindProxy: true };

test("without a token only this machine reads metrics, and not through a proxy on it", () => {
  for (const near of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) expect(mayRead(from(near), OPEN)).toBe(true);
  for (const far of ["192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1", ""])
    expect(mayRead(from(far), OPEN)).toBe(false);
  for (const header of ["x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-proto", "via", "cf-ray"])
    expect(mayRead(from("127.0.0.1", { [header]: "127.0.0.1" }), OPEN)).toBe(false);
});

test("a proxy on this machine that says nothing of itself still has to bring the token", () => {
  for (const host of [
    "tickets.example",
    "tickets.example:443",
    "127.0.0.1.evil.example",
    "",
    "localhost.example",
  ])
    expect(mayRead(from("127.0.0.1", { host }), OPEN)).toBe(false);
  for (const host of ["localhost:3000", "127.0.0.1", "[::1]:3000"])
    expect(mayRead(from("127.0.0.1", { host }), OPEN)).toBe(true);
  // nginx sends its upstream's name unless it is told to pass the one that was asked for.
  expect(mayRead(from("127.0.0.1"), { token: null, isBehindProxy: true })).toBe(false);
});

test("a shop that others reach needs the token even where its proxy passes requests on as this machine's own", () => {
  expect(hasProxy({ trustedProxyHops: 0, publicUrl: "https://tickets.example" })).toBe(true);
  expect(hasProxy({ trustedProxyHops: 0, publicUrl: "http://192.0.2.7:3000" })).toBe(true);
  expect(hasProxy({ trustedProxyHops: 1, publicUrl: "http://127.0.0.1:3000" })).toBe(true);
  for (const publicUrl of ["http://127.0.0.1:3000", "http://localhost:3000", "http://[::1]:3000"])
    expect(hasProxy({ trustedProxyHops: 0, publicUrl })).toBe(false);
});

test("with a token it is the token that counts, from anywhere", () => {
  expect(mayRead(from("192.0.2.1", { authorization: `Bearer ${TOKEN}` }), CLOSED)).toBe(true);
  for (const authorization of [undefined, "", TOKEN, `Bearer ${TOKEN}x`, "Bearer ", `bearer ${TOKEN}`])
    expect(mayRead(from("127.0.0.1", authorization === undefined ? {} : { authorization }), CLOSED)).toBe(
      false,
    );
});
