import type { Account } from "@onsale/core/account/account";
import { AccountId } from "@onsale/core/shared/ids";
import { derivedId } from "@onsale/core/shared/derived-id";
import { expect, test } from "vitest";
import { makeAccountLookup } from "./account-lookup.ts";

const account = (n: number): Account => ({
  id: AccountId.parse(derivedId("test", String(n))),
  email: `${n}@fans.example`,
  name: `${n}`,
  role: "fan",
  sessionVersion: 1,
  emailVerified: false,
});

function lookup(failing = false) {
  const known = Array.from({ length: 2_000 }, (_, n) => account(n));
  const queries: number[] = [];
  const lookUp = makeAccountLookup({
    findMany: (ids) => {
      queries.push(ids.length);
      if (failing) return Promise.reject(new Error("down"));
      return Promise.resolve(known.filter(({ id }) => ids.includes(id)));
    },
  });
  return { known, queries, lookUp };
}

test("lookups of one turn are one query, and each gets its own account", async () => {
  const { queries, lookUp } = lookup();
  const found = await Promise.all([3, 1, 3, 7].map((n) => lookUp(account(n).id)));
  expect(found.map((one) => one?.name)).toEqual(["3", "1", "3", "7"]);
  expect(queries).toEqual([3]);
  expect(await lookUp(account(9_999).id)).toBeNull();
  expect(queries).toEqual([3, 1]);
});

test("a crowd is split into bounded queries and nobody is forgotten", async () => {
  const { known, queries, lookUp } = lookup();
  const found = await Promise.all(known.map(({ id }) => lookUp(id)));
  expect(found.map((one) => one?.id)).toEqual(known.map(({ id }) => id));
  expect(queries).toEqual([500, 500, 500, 500]);
});

test("a failure reaches those who waited and nobody after them", async () => {
  const { known, lookUp } = lookup(true);
  const id = known[0]?.id ?? account(0).id;
  await expect(Promise.all([lookUp(id), lookUp(id)])).rejects.toThrow("down");
  await expect(lookUp(id)).rejects.toThrow("down");
});
