import { expect, test } from "vitest";

import { applicationUrl } from "./application-url.ts";

test("the application works as another role, on the same database, with a password that tells nothing of the owner's", () => {
  const owner = new URL("postgresql://onsale:p%40ss@127.0.0.1:5442/onsale");
  const url = new URL(applicationUrl(owner.href));
  expect(url.username).toBe("onsale_app");
  expect([url.host, url.pathname]).toEqual([owner.host, owner.pathname]);
  expect(url.password).not.toContain("p%40ss");
  expect(url.password.length).toBeGreaterThan(40);
  expect(applicationUrl(owner.href)).toBe(url.href);
});
