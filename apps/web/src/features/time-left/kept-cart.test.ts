import { expect, test } from "vitest";
import { cartsIn, cartToShow, type KeptCart } from "./kept-cart.ts";

const cart = (change: Partial<KeptCart> = {}): KeptCart => ({
  accountId: "me",
  path: "/checkout/the-glass-orchard",
  title: "The Glass Orchard",
  places: 2,
  endsAtMs: 10_000,
  ...change,
});
const here = { accountId: "me", path: "/", nowMs: 5_000 };

test("of several carts the one that ends first is shown, and none that is over or of somebody else", () => {
  const later = cart({ path: "/orders/1", endsAtMs: 20_000 });
  expect(cartToShow([later, cart()], here)).toEqual(cart());
  expect(cartToShow([cart({ endsAtMs: 5_000 }), later], here)).toEqual(later);
  expect(cartToShow([cart({ accountId: "sister" })], here)).toBeNull();
});

test("the page that has its own countdown shows no second one", () => {
  expect(cartToShow([cart()], { ...here, path: cart().path })).toBeNull();
});

test("what does not read as a cart is none, and leads to no other place", () => {
  expect(cartsIn("")).toEqual([]);
  expect(cartsIn("{")).toEqual([]);
  expect(cartsIn(JSON.stringify([cart({ path: "//evil.test/checkout/x" }), { path: 1 }, cart()]))).toEqual([
    cart(),
  ]);
});
