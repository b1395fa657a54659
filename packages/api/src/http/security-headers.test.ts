import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./security-headers.ts";

test("no foreign host stands in the policy, unless the installation chose Turnstile, and then as a frame alone", () => {
  const own = contentSecurityPolicy("n", { secure: true });
  expect(own).not.toMatch(/https?:/);
  const added = contentSecurityPolicy("n", { secure: true, turnstile: true })
    .split("; ")
    .filter((directive) => !own.split("; ").includes(directive));
  expect(added).toEqual(["frame-src https://challenges.cloudflare.com"]);
});
