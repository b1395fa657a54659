import { expect, test } from "vitest";
import type { EventState, SaleWindow } from "./event.ts";
import { saleStatus } from "./sale-window.ts";

const NOW = 1_000;
const window = (kind: SaleWindow["kind"], opensAtMs: number, closesAtMs: number): SaleWindow => ({
  kind,
  label: kind,
  opensAtMs,
  closesAtMs,
});
const at = (state: EventState, ...saleWindows: SaleWindow[]) => saleStatus({ state, saleWindows }, NOW);

test("an event on sale without windows is open, with one it is open from its start up to its end", () => {
  expect(at("on_sale")).toMatchObject({ kind: "open", window: null });
  expect(at("on_sale", window("public", NOW, NOW + 1))).toMatchObject({ kind: "open" });
  expect(at("on_sale", window("public", NOW - 1, NOW))).toEqual({ kind: "closed", why: "over" });
  expect(at("on_sale", window("public", NOW + 1, NOW + 2))).toMatchObject({ kind: "opens" });
});

test("a presale opens the sale for nobody who has no code, alone or beside a public window to come", () => {
  const presale = window("presale", NOW - 1, NOW + 1);
  expect(at("on_sale", presale)).toEqual({ kind: "closed", why: "presale_only" });
  expect(at("on_sale", presale, window("public", NOW + 1, NOW + 2))).toMatchObject({ kind: "opens" });
});

test.each(["draft", "published", "paused", "sold_out", "ended", "cancelled"] as const)(
  "nothing is sold while an event is %s, whatever its windows say",
  (state) => {
    expect(at(state, window("public", NOW - 1, NOW + 1)).kind).not.toBe("open");
  },
);
