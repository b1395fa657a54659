import { expect, test } from "vitest";
import { paragraphsOf } from "./paragraphs.ts";

test.each([
  ["one", ["one"]],
  ["Doors 19:00\nShow 20:00\n\nNo bags", ["Doors 19:00\nShow 20:00", "No bags"]],
  ["Doors\r\nShow\r\n\r\nBags", ["Doors\nShow", "Bags"]],
  ["Doors\rShow", ["Doors\nShow"]],
  ["a\n \n\n\nb", ["a", "b"]],
])("the line breaks of a description stay: %j", (text, paragraphs) => {
  expect(paragraphsOf(text)).toEqual(paragraphs);
});
