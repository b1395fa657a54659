import { expect, test } from "vitest";
import { addressLine } from "./address-line.ts";

test("an address reads as on an envelope, and what nobody said leaves no comma behind", () => {
  const line = (address: string, city: string, country = "") => addressLine({ address, city, country });
  expect(line("Lindenhof 4, 8001", "Zurich", "CH")).toBe("Lindenhof 4, 8001 Zurich, CH");
  expect(line("1 High Street, SW1A 1AA", "London", "GB")).toBe("1 High Street, SW1A 1AA, London, GB");
  expect(line("Hafenstrasse 12", "Basel")).toBe("Hafenstrasse 12, Basel");
  expect(line("", "Basel", "CH")).toBe("Basel, CH");
  expect(line("Lindenhof 4, 8001", "")).toBe("Lindenhof 4, 8001");
  expect(line("", "")).toBe("");
});
