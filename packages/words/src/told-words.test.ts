import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { problem, tellProblems } from "@onsale/core/shared/problem";
import { expect, test } from "vitest";
import { toldWords } from "./told-words.ts";

const faults = (length: number) =>
  Array.from({ length }, (_, n) =>
    problem("price.unknown_seat", `seatPrices[${n}].seatId`, { seatId: `nowhere/${n}` }),
  );

test("of very many faults the first are told, on few bytes, and how many more there are", () => {
  const told = tellProblems(faults(23_000));
  expect(JSON.stringify(told).length).toBeLessThan(20_000);
  const words = toldWords(told, DEFAULT_LOCALE);
  expect(words).toHaveLength(101);
  expect(words.at(-1)).toBe("And 22,900 more.");
  expect(toldWords(told, "de-CH").at(-1)).toBe("And 22’900 more.");
});

test("of few faults each is told, and no number", () => {
  const words = toldWords(tellProblems(faults(2)), DEFAULT_LOCALE);
  expect(words).toHaveLength(2);
  expect(words.join(" ")).not.toContain("more");
});
