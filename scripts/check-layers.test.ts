import { expect, test } from "vitest";

import { unreadSources } from "./check-layers.ts";

test("a cruise that read nothing is found out", () => {
  expect(unreadSources(["packages/core/src/a.ts"], [])).toEqual(["packages/core/src/a.ts"]);
});

test("modules beyond the sources, such as packages, are no matter", () => {
  expect(unreadSources(["a.ts"], ["a.ts", "node_modules/zod/index.js"])).toEqual([]);
});
