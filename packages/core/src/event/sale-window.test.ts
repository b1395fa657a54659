import { expect, test } from "vitest";
import type { EventState, SaleWindow } from "./event.ts";
import { closesAtMs, presaleKeyOf, presalesOpen, saleStatus, windowsJustClosed } from "./sale-window.ts";

const NOW = 1_000;
/** Long before it starts. */
const times = { startsAtMs: NOW + 1_000_000, endsAtMs: null, salesEndAtMs: null };
const window = (kind: SaleWindow["kind"], opensAtMs: number, closesAtMs: number): SaleWindow => ({
  kind,
  label: kind,
  opensAtMs,
  closesAtMs,
});
const at = (state: EventState, ...saleWindows: SaleWindow[]) =>
  saleStatus({ ...times, state, saleWindows }, NOW);

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

const fans = { ...window("presale", NOW - 10, NOW + 10), key: "fans" };
const sponsors = { ...window("presale", NOW - 10, NOW + 10), key: "sponsors" };
const granted = (...keys: string[]) => ({ grants: new Set(keys) });

test("a presale that is open lets in those who have a grant for it, and nobody else", () => {
  const event = {
    ...times,
    state: "on_sale" as const,
    saleWindows: [fans, window("public", NOW + 20, NOW + 30)],
  };
  expect(saleStatus(event, NOW, granted("fans"))).toEqual({ kind: "open", window: fans });
  expect(saleStatus(event, NOW, granted("sponsors"))).toMatchObject({ kind: "opens" });
  expect(saleStatus(event, NOW)).toMatchObject({ kind: "opens" });
  expect(presalesOpen(event, NOW)).toEqual([fans]);
});

test("after its end a presale's grant opens nothing, before its start it says when", () => {
  const event = { ...times, state: "on_sale" as const, saleWindows: [fans] };
  expect(saleStatus(event, NOW + 10, granted("fans"))).toEqual({ kind: "closed", why: "over" });
  expect(saleStatus(event, NOW - 11, granted("fans"))).toEqual({ kind: "opens", window: fans });
  expect(saleStatus(event, NOW - 11)).toEqual({ kind: "closed", why: "presale_only" });
});

test("while the public sale is open nobody needs a grant, and nothing of a presale is used", () => {
  const event = {
    ...times,
    state: "on_sale" as const,
    saleWindows: [fans, window("public", NOW - 1, NOW + 1)],
  };
  const status = saleStatus(event, NOW, granted("fans"));
  expect(status).toMatchObject({ kind: "open", window: { kind: "public" } });
  expect(presaleKeyOf(status)).toBeNull();
  expect(presalesOpen(event, NOW)).toEqual([]);
});

test("two presales at once are told apart by their keys", () => {
  const event = { ...times, state: "on_sale" as const, saleWindows: [fans, sponsors] };
  expect(presaleKeyOf(saleStatus(event, NOW, granted("sponsors")))).toBe("sponsors");
});

test.each(["draft", "published", "paused", "sold_out", "ended", "cancelled"] as const)(
  "a grant opens nothing while an event is %s",
  (state) => {
    expect(saleStatus({ ...times, state, saleWindows: [fans] }, NOW, granted("fans")).kind).not.toBe("open");
    expect(presalesOpen({ ...times, state, saleWindows: [fans] }, NOW)).toEqual([]);
  },
);

test("the window that just closed is the last one that was open to this fan", () => {
  const event = { ...times, state: "on_sale" as const, saleWindows: [fans, sponsors] };
  const at = (nowMs: number, ...keys: string[]) =>
    windowsJustClosed(event, { nowMs, withinMs: 5, ...granted(...keys) });
  expect(at(NOW + 10, "fans")).toEqual([fans]);
  expect(at(NOW + 14, "fans")).toEqual([fans]);
  expect(at(NOW + 15, "fans")).toEqual([]);
  expect(at(NOW + 9, "fans")).toEqual([]);
  expect(at(NOW + 10)).toEqual([]);
});

const HOUR_MS = 3_600_000;

test.each(["on_sale", "paused", "sold_out", "published"] as const)(
  "nothing is sold past the end of the online sale while an event is left %s, whatever its windows say",
  (state) => {
    const started = { state, startsAtMs: NOW, endsAtMs: null, salesEndAtMs: null };
    const saleWindows = [window("public", NOW - 1, NOW + 10), { ...fans, closesAtMs: NOW + 10 }];
    for (const windows of [[], saleWindows]) {
      const event = { ...started, saleWindows: windows };
      expect(saleStatus(event, NOW, granted("fans"))).toEqual({ kind: "closed", why: "over" });
      expect(presalesOpen(event, NOW)).toEqual([]);
    }
  },
);

test.each([
  ["an evening", { endsAtMs: NOW + 3 * HOUR_MS }, NOW],
  ["a night that ends the next morning", { endsAtMs: NOW + 10 * HOUR_MS }, NOW],
  ["several days", { endsAtMs: NOW + 50 * HOUR_MS }, NOW + 50 * HOUR_MS],
  [
    "a set time before the start",
    { endsAtMs: NOW + 50 * HOUR_MS, salesEndAtMs: NOW - HOUR_MS },
    NOW - HOUR_MS,
  ],
  ["a set time after the start", { endsAtMs: null, salesEndAtMs: NOW + HOUR_MS }, NOW + HOUR_MS],
])("the online sale of %s ends when it should", (_what, when, endMs) => {
  const event = { ...times, startsAtMs: NOW, ...when, state: "on_sale" as const, saleWindows: [] };
  expect(saleStatus(event, endMs - 1).kind).toBe("open");
  expect(saleStatus(event, endMs)).toEqual({ kind: "closed", why: "over" });
});

test("what is said about the close of a sale is never later than the end of the online sale", () => {
  const event = { ...times, state: "on_sale" as const, saleWindows: [] };
  expect(closesAtMs(event, null)).toBeNull();
  expect(closesAtMs({ ...event, salesEndAtMs: 7 }, null)).toBe(7);
  expect(closesAtMs({ ...event, salesEndAtMs: 7 }, window("public", 1, 9))).toBe(7);
  expect(closesAtMs(event, window("public", 1, 9))).toBe(9);
});
