import { expect, test } from "vitest";
import { placeOf, standingWords } from "./place-of.ts";

const at = (section: string) => placeOf({ place: { section, row: null, seat: null } });

test("a standing area says once that one stands there", () => {
  expect(at("Front standing")).toBe("Front standing");
  expect(at("Floor")).toBe("Floor, standing");
  expect(standingWords("Understanding")).toBe(", standing");
});
