import { expect, test } from "vitest";
import { makeStreamSlots } from "./stream-slots.ts";

const outcome = (take: () => unknown) => {
  try {
    take();
    return "open";
  } catch (error) {
    return error;
  }
};

test("an address and a process have so many streams open and no more, and one that ends makes room", () => {
  const slots = makeStreamSlots({ perAddress: 2, perProcess: 3 });
  const leave = slots.take("192.0.2.1");
  slots.take("192.0.2.1");
  expect(outcome(() => slots.take("192.0.2.1"))).toMatchObject({
    code: "rate.limited",
    details: { key: "address", retryAfterMs: 10_000 },
  });
  slots.take("192.0.2.2");
  expect(outcome(() => slots.take("192.0.2.3"))).toMatchObject({ details: { key: "process" } });
  leave();
  // A stream that is told twice that it is over gives back one place.
  leave();
  expect(outcome(() => slots.take("192.0.2.3"))).toBe("open");
  expect(outcome(() => slots.take("192.0.2.4"))).toMatchObject({ details: { key: "process" } });
});

test("the /64 of an IPv6 address is one address", () => {
  const slots = makeStreamSlots({ perAddress: 1, perProcess: 3 });
  slots.take("2001:db8::1");
  expect(outcome(() => slots.take("2001:db8::2"))).toMatchObject({ details: { key: "address" } });
  expect(outcome(() => slots.take("2001:db8:0:100::1"))).toBe("open");
});
