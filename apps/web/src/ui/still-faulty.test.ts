import { expect, test } from "vitest";
import { faultsAfterInput, hasFault, stillFaulty } from "./still-faulty.ts";

test("a fault goes once its field is mended, stays in the words of now while it is not, and no new one comes while typing", () => {
  const found = { title: "An event needs a title.", slug: "Too long.", ends: "Ends before it starts." };
  expect(stillFaulty(found, { slug: "Use small letters.", genre: "Too long." })).toEqual({
    slug: "Use small letters.",
  });
  expect(stillFaulty(found, {})).toEqual({});
});

test("typing into one field leaves what the server found in another", () => {
  const found = { password: "Many people use this password.", name: "This is missing." };
  const named = faultsAfterInput(found, "name", {});
  expect(named).toEqual({ password: "Many people use this password.", name: undefined });
  expect(hasFault(named)).toBe(true);
  expect(hasFault(faultsAfterInput(named, "password", {}))).toBe(false);
  expect(faultsAfterInput(named, "email", { email: "Not an address." })).toBe(named);
});
