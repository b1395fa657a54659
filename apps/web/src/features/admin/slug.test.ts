import { EventDraft } from "@onsale/core/event/event";
import { WindowKey } from "@onsale/core/event/window-key-schema";
import { TicketType } from "@onsale/core/pricing/price-list";
import { expect, test } from "vitest";
import { addressOf, keyOfPresale, ticketTypeKey } from "./slug.ts";

const NAMES = [
  "Night Trains: Zürich!",
  "海邊音樂會",
  "山城夜曲",
  "子ども",
  "früh",
  "Вечер",
  "مهرجان",
  "🎷",
  "L'été",
  "-",
  "a".repeat(200),
];

test("a name in any script makes an address that can be read, and no two of them the same", () => {
  expect(NAMES.slice(0, 7).map(addressOf)).toEqual([
    "night-trains-zurich",
    "hai-bian-yin-le-hui",
    "shan-cheng-ye-qu",
    "zi-domo",
    "fruh",
    "vecher",
    "mhrjn",
  ]);
  expect(new Set(NAMES.map(addressOf)).size).toBe(NAMES.length);
});

test("what is made fits where it goes: addresses of events, keys of presales and of ticket types", () => {
  const bad = NAMES.filter(
    (name) =>
      !EventDraft.shape.slug.safeParse(addressOf(name)).success ||
      !WindowKey.safeParse(keyOfPresale(name)).success ||
      !TicketType.shape.key.safeParse(ticketTypeKey(name)).success,
  );
  expect(bad).toEqual([]);
});
