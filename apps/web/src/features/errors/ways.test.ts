import { expect, test } from "vitest";
import { CHOOSE_AGAIN, EVENT_PAGE, hrefOf, MY_ORDERS, SIGN_IN } from "./ways.ts";

test("signing in comes back to the page that asked for it, with its hold", () => {
  expect(hrefOf(SIGN_IN, "/checkout/the-glass-orchard")).toBe(
    "/sign-in?next=%2Fcheckout%2Fthe-glass-orchard",
  );
});

test("the event is that of the page, and without one there is no link", () => {
  expect(hrefOf(CHOOSE_AGAIN, "/checkout/own-1")).toBe("/events/own-1/seats");
  expect(hrefOf(EVENT_PAGE, "/events/own-1/seats")).toBe("/events/own-1");
  expect(hrefOf(EVENT_PAGE, "/orders/1")).toBeNull();
});

test("no link leads to where the fan is already", () => {
  expect(hrefOf(CHOOSE_AGAIN, "/events/own-1/seats")).toBeNull();
  expect(hrefOf(MY_ORDERS, "/tickets")).toBeNull();
});
