import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { expect, test } from "vitest";
import { en } from "./line/en.ts";
import type { LineCatalog } from "./line/line-catalog.ts";
import { lineStateWords, makeLineWords, reasonWords } from "./line-words.ts";

test("a reason that this version does not know is said as it came", () => {
  expect(reasonWords("moon_phase", DEFAULT_LOCALE).label).toBe("moon phase");
  expect(reasonWords("toString", DEFAULT_LOCALE).label).toBe("toString");
});

test("a line that is over is not called one that has not opened yet", () => {
  expect(lineStateWords({ state: "closed", finishedAtMs: null }, DEFAULT_LOCALE).label).toBe("Not open yet");
  expect(lineStateWords({ state: "closed", finishedAtMs: 1 }, DEFAULT_LOCALE).label).toBe("Closed");
});

test("a state or a reason without words does not compile, and a second language is one more catalogue", () => {
  const { paused: _left, ...rest } = en.states;
  // @ts-expect-error a paused line has no words here
  const incomplete: LineCatalog["states"] = rest;
  const de: LineCatalog = { ...en, over: { label: "Geschlossen", fans: "Die Schlange ist vorbei." } };
  const { lineStateWords: say } = makeLineWords({ en, de });
  expect(say({ state: "closed", finishedAtMs: 1 }, "de-CH").label).toBe("Geschlossen");
  expect(incomplete).not.toHaveProperty("paused");
});
