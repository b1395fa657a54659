import { type InvariantId, WRONGS, type WrongOf } from "@onsale/core/reconcile/findings";
import { expect, test } from "vitest";
import { findingWords } from "./finding-words.ts";

const ALL = Object.entries(WRONGS).flatMap(([id, wrongs]) =>
  wrongs.map((wrong) => [id as InvariantId, wrong as WrongOf<InvariantId>] as const),
);

test.each(ALL)(
  "%s %s says what it is and what to do, with the order and the event as people know them",
  (id, wrong) => {
    const row = { wrong, reference: "K7QF-2M9P", event: "the-night" };
    const { what, todo } = findingWords(id, row);
    expect(what).toMatch(/^[A-Z].*\.$/);
    expect(todo).toMatch(/ticketctl|report it/);
    expect(`${what} ${todo}`).not.toMatch(/undefined|null|EVENT|ORDER|\[object/);
  },
);

test("a row that names no order leads to the ids, and one of several orders to each of them once", () => {
  expect(findingWords("I3", { wrong: "tickets_differ" }).todo).toContain("`ticketctl reconcile --json`");
  const { todo } = findingWords("I13", { wrong: "key_twice", reference: "AAAA-AAAA, BBBB-BBBB" });
  expect(todo).toContain("`ticketctl order show AAAA-AAAA` and `ticketctl order show BBBB-BBBB`");
});
