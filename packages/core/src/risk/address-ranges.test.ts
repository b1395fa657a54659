import { expect, test } from "vitest";
import { addressKey, parseAddressRanges } from "./address-ranges.ts";

test("an address is in a range when its head is the range's", () => {
  const ranges = parseAddressRanges(
    "# rented machines\n192.0.2.0/24\n198.51.100.7 # one\n\n2001:db8:5::/48\n10.0.0.0/9",
  );
  expect(ranges.count).toBe(4);
  for (const inside of [
    "192.0.2.0",
    "192.0.2.255",
    "198.51.100.7",
    "2001:db8:5:ffff::1",
    "10.127.255.255",
    "::ffff:192.0.2.9",
  ])
    expect({ inside, is: ranges.has(inside) }).toEqual({ inside, is: true });
  for (const outside of [
    "192.0.3.0",
    "198.51.100.8",
    "2001:db8:6::1",
    "10.128.0.0",
    "unknown",
    "",
    "192.0.2",
    "::",
  ])
    expect({ outside, is: ranges.has(outside) }).toEqual({ outside, is: false });
});

test("an empty list has nobody in it, and the whole of IPv4 no IPv6", () => {
  expect(parseAddressRanges("").has("192.0.2.1")).toBe(false);
  expect(parseAddressRanges("0.0.0.0/0").has("203.0.113.5")).toBe(true);
  expect(parseAddressRanges("0.0.0.0/0").has("2001:db8::1")).toBe(false);
});

test.each([
  "192.0.2.0/33",
  "192.0.2.256/24",
  "example.org",
  "2001:db8::/129",
  "1.2.3.4/x",
  "1:2:3:4:5:6:7:8:9",
  "1::2::3",
])("%s ends the reading with the number of its line", (line) => {
  expect(() => parseAddressRanges(`192.0.2.0/24\n${line}`)).toThrow(/^line 2: /);
});

test("an IPv6 household counts as one, whatever address of its /56 it takes; IPv4 counts by address", () => {
  expect(addressKey("2001:db8:1:200:3:4:5:6")).toBe(addressKey("2001:db8:1:200::9"));
  expect(addressKey("2001:db8:1:200::9")).toBe(addressKey("2001:db8:1:2ff::9"));
  expect(addressKey("2001:db8:1:200::9")).not.toBe(addressKey("2001:db8:1:300::9"));
  expect(addressKey("::ffff:192.0.2.1")).toBe("192.0.2.1");
  expect(addressKey("192.0.2.1")).not.toBe(addressKey("192.0.2.2"));
  expect(addressKey("fe80::1%eth0")).toBe(addressKey("fe80::2"));
  expect(addressKey("unknown")).toBe("unknown");
});
