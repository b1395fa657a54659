import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { isOwnOrigin, peerAddress } from "./context.ts";

const PEER = "203.0.113.9";
const from = (headers: IncomingMessage["headers"]) => ({
  headers,
  socket: { remoteAddress: PEER } as IncomingMessage["socket"],
});

describe("the address that rate limits count", () => {
  test("without a trusted proxy nothing in X-Forwarded-For changes it", () => {
    for (const forged of ["10.0.0.1", "10.0.0.2, 10.0.0.3", "", ",,,", "unknown"])
      expect(peerAddress(from({ "x-forwarded-for": forged }), 0)).toBe(PEER);
  });

  test("behind one proxy it is the address which that proxy saw, whatever the client wrote before it", () => {
    const seen = "198.51.100.7";
    for (const forged of ["", "10.0.0.1, ", "10.0.0.1,10.0.0.2,", "198.51.100.8,  "])
      expect(peerAddress(from({ "x-forwarded-for": `${forged}${seen}` }), 1)).toBe(seen);
  });

  test("behind two proxies it is the second from the right", () => {
    const chain = "10.9.9.9, 198.51.100.7, 192.0.2.1";
    expect(peerAddress(from({ "x-forwarded-for": chain }), 2)).toBe("198.51.100.7");
  });

  test.each([
    ["198.51.100.7:50123", "198.51.100.7"],
    ["2001:db8::7", "2001:db8::7"],
    ["[2001:db8::7]", "2001:db8::7"],
    ["[2001:db8::7]:50123", "2001:db8::7"],
    [" 198.51.100.7 ", "198.51.100.7"],
  ])("a proxy that writes %s means %s: a new port is no new caller", (written, address) => {
    expect(peerAddress(from({ "x-forwarded-for": `10.0.0.1, ${written}` }), 1)).toBe(address);
  });

  test("what a proxy wrote and is no address counts for the proxy, so that nobody is without a limit", () => {
    for (const odd of [
      "unknown",
      "_hidden",
      "a.b.c.d",
      "198.51.100.7:",
      "198.51.100.7:x",
      "1",
      "[::1",
      "300.1.1.1:5",
    ])
      expect(peerAddress(from({ "x-forwarded-for": odd }), 1)).toBe(PEER);
  });

  test("a request that came past the proxies counts for the peer itself", () => {
    expect(peerAddress(from({}), 1)).toBe(PEER);
    expect(peerAddress(from({ "x-forwarded-for": "10.0.0.1" }), 2)).toBe(PEER);
  });
});

describe("where a request comes from", () => {
  const own = (headers: IncomingMessage["headers"]) => isOwnOrigin({ headers }, "https://tickets.example");

  test("is this site by the scheme, host and port of its public address, however that is written", () => {
    expect(own({ origin: "https://tickets.example" })).toBe(true);
    const local = { headers: { origin: "http://127.0.0.1:3000" } };
    expect(isOwnOrigin(local, "http://127.0.0.1:3000")).toBe(true);
    for (const written of [
      "https://Tickets.example:443",
      "https://tickets.example/",
      "HTTPS://tickets.example",
    ])
      expect(isOwnOrigin({ headers: { origin: "https://tickets.example" } }, written)).toBe(true);
  });

  test("is not this site by the name that the request was sent to", () => {
    expect(own({ origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" })).toBe(false);
    expect(own({ origin: "https://evil.example", host: "evil.example" })).toBe(false);
  });

  test.each([
    undefined,
    "null",
    "https://evil.example",
    "https://tickets.example.evil.example",
    "http://tickets.example",
    "https://tickets.example:8443",
    "",
  ])("is not this site for Origin %s", (origin) => {
    expect(own({ ...(origin === undefined ? {} : { origin }), host: "tickets.internal" })).toBe(false);
  });
});
