import { expect, test } from "vitest";
import { inOneQuery } from "./in-one-query.ts";

function lookup(failing = false) {
  const known = Array.from({ length: 2_000 }, (_, n) => `${n}`);
  const queries: number[] = [];
  const lookUp = inOneQuery((ids: readonly string[]) => {
    queries.push(ids.length);
    if (failing) return Promise.reject(new Error("down"));
    return Promise.resolve(new Map(ids.filter((id) => known.includes(id)).map((id) => [id, `fan ${id}`])));
  });
  return { known, queries, lookUp };
}

test("lookups of one turn are one query, and each gets its own answer", async () => {
  const { queries, lookUp } = lookup();
  const found = await Promise.all(["3", "1", "3", "7"].map(lookUp));
  expect(found).toEqual(["fan 3", "fan 1", "fan 3", "fan 7"]);
  expect(queries).toEqual([3]);
  expect(await lookUp("9999")).toBeNull();
  expect(queries).toEqual([3, 1]);
});

test("a crowd is split into bounded queries and nobody is forgotten", async () => {
  const { known, queries, lookUp } = lookup();
  const found = await Promise.all(known.map(lookUp));
  expect(found).toEqual(known.map((id) => `fan ${id}`));
  expect(queries).toEqual([500, 500, 500, 500]);
});

test("a failure reaches those who waited and nobody after them", async () => {
  const { lookUp } = lookup(true);
  await expect(Promise.all([lookUp("1"), lookUp("1")])).rejects.toThrow("down");
  await expect(lookUp("1")).rejects.toThrow("down");
});
