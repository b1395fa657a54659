import { expect, test } from "vitest";
import type { Account } from "../actor/account.ts";
import { fan } from "../actor/actor.ts";
import type { SaleWindow } from "../event/event.ts";
import type { EventSummary } from "../event/event-store.ts";
import { HoldId } from "../shared/ids.ts";
import { makeAccessGate } from "./access-gate.ts";
import type { GrantCatalog } from "./grant-catalog.ts";

const NOW = 1_000_000_000;
const windowOf = (
  kind: SaleWindow["kind"],
  key: string,
  [opensAtMs, closesAtMs]: [number, number],
): SaleWindow => ({
  kind,
  key,
  label: key,
  opensAtMs: NOW + opensAtMs,
  closesAtMs: NOW + closesAtMs,
});
const fans = (from: number, to: number) => windowOf("presale", "fans", [from, to]);
const everybody = (from: number, to: number) => windowOf("public", "public", [from, to]);
const id = HoldId.parse("0190f0aa-0000-7000-8000-000000000001");

/** What a hold belongs to, for a fan with these grants; the lookups that it took. */
async function kept(
  windowKey: string | null | undefined,
  { windows, state = "on_sale", grants = [] }: { windows: SaleWindow[]; state?: string; grants?: string[] },
) {
  let lookups = 0;
  const grantsFor = () => {
    lookups += 1;
    return Promise.resolve(new Set(grants));
  };
  // Safe because the gate reads no more of an account, an event and a catalog than stands here.
  const catalog = { grantsFor } as unknown as GrantCatalog;
  const gate = makeAccessGate({ grants: catalog, clock: { nowMs: () => NOW } });
  const event = { id, state, saleWindows: windows, holdTtlMs: 60_000 } as unknown as EventSummary;
  const hold = windowKey === undefined ? { id } : { id, windowKey };
  const status = await gate.statusToKeep(fan({ id } as unknown as Account), event, hold);
  const window = status.kind === "open" ? (status.window?.key ?? null) : status.kind;
  return { window, lookups };
}

test.each([
  ["both are open", [fans(-10, 10), everybody(-5, 10)]],
  ["the presale has closed", [fans(-10, -5), everybody(-5, 10)]],
  ["the public sale is to come", [fans(-10, 5), everybody(5, 10)]],
  ["the public sale came first", [everybody(-10, -5), fans(-5, 10)]],
  ["both are over", [everybody(-10, -5), fans(-5, -1)]],
])("a hold belongs to the window it names, and nothing is looked up: %s", async (_, windows) => {
  for (const state of ["on_sale", "paused", "sold_out"])
    for (const key of ["fans", "public"])
      expect(await kept(key, { windows, state, grants: ["fans"] })).toEqual({ window: key, lookups: 0 });
});

test("a hold that names no window belongs to the one that is open to the fan, else to the one that just closed", async () => {
  const grants = ["fans"];
  for (const key of [null, undefined]) {
    const both = [fans(-10, 10), everybody(-5, 10)];
    expect(await kept(key, { windows: both, grants })).toEqual({ window: "public", lookups: 0 });
    expect(await kept(key, { windows: [] })).toEqual({ window: null, lookups: 0 });
    expect(await kept(key, { windows: [fans(-10, 10)], grants })).toMatchObject({ window: "fans" });
    expect(await kept(key, { windows: [fans(-10, -5)], grants })).toMatchObject({ window: "fans" });
  }
});

test("a hold whose window the event has no more is kept by those alone who may buy now", async () => {
  const windows = [fans(-10, 10)];
  expect(await kept("sponsors", { windows, grants: ["fans"] })).toMatchObject({ window: "fans" });
  await expect(kept("sponsors", { windows })).rejects.toMatchObject({ code: "access.required" });
  await expect(kept("public", { windows })).rejects.toMatchObject({ code: "access.required" });
  await expect(kept(null, { windows })).rejects.toMatchObject({ code: "access.required" });
});
