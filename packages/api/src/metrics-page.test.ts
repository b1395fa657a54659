import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { mayRead } from "./metrics-page.ts";

const from = (remoteAddress: string, headers: IncomingMessage["headers"] = {}) => ({
  headers,
  socket: { remoteAddress } as IncomingMessage["socket"],
});
const TOKEN = "a token of some length";

test("without a token only this machine reads metrics, and not through a proxy on it", () => {
  for (const near of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) expect(mayRead(from(near), null)).toBe(true);
  for (const far of ["192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1", ""])
    expect(mayRead(from(far), null)).toBe(false);
  for (const header of ["x-forwarded-for", "forwarded", "x-real-ip"])
    expect(mayRead(from("127.0.0.1", { [header]: "127.0.0.1" }), null)).toBe(false);
});

test("with a token it is the token that counts, from anywhere", () => {
  expect(mayRead(from("192.0.2.1", { authorization: `Bearer ${TOKEN}` }), TOKEN)).toBe(true);
  for (const authorization of [undefined, "", TOKEN, `Bearer ${TOKEN}x`, "Bearer ", `bearer ${TOKEN}`])
    expect(mayRead(from("127.0.0.1", authorization === undefined ? {} : { authorization }), TOKEN)).toBe(
      false,
    );
});
