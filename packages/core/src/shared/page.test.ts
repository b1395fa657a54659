import fc from "fast-check";
import { expect, test } from "vitest";
import { countWords, cutPage, everyPage, readCursor, writeCursor } from "./page.ts";

const cursorOf = (item: number) => writeCursor(item, `id-${item}`);
const readFrom = (all: readonly number[], limit: number) => async (after: string | null) => {
  const from = Number(readCursor(after)?.sortKey ?? -Infinity);
  const rest = all.filter((item) => item > from);
  return cutPage(rest.slice(0, limit + 1), { limit, total: all.length, cursorOf });
};

test("pages put together are the whole list, whatever their size, and each names the true count", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(10_000)), fc.integer({ min: 1, max: 60 }), async (list, limit) => {
      const all = list.toSorted((a, b) => a - b);
      expect(await everyPage(readFrom(all, limit))).toEqual(all);
      const first = await readFrom(all, limit)(null);
      expect([first.total, first.next === null]).toEqual([all.length, all.length <= limit]);
    }),
  );
});

test("a cursor keeps an id and a sort key that hold the separator, and garbage is the start of the list", () => {
  expect(readCursor(writeCursor("a~b", "id", "up"), "up")).toEqual({ sortKey: "a~b", id: "id" });
  expect(readCursor("garbage", "up")).toBeNull();
  expect(readCursor(null, "up")).toBeNull();
});

test("a cursor holds for the order that wrote it: under another one the list begins at its start", () => {
  expect(readCursor(writeCursor(1, "id", "title.asc"), "title.desc")).toBeNull();
});

test("one of a thing is one, and what is left out is said", () => {
  expect(countWords(1, 1, ["event", "events"])).toBe("1 event");
  expect(countWords(50, 766, ["event", "events"])).toBe("50 of 766 events");
});
