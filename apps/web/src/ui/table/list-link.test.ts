import { expect, it } from "vitest";
import { isNarrowed, listLink, orderOf, serverSort, wholeList } from "./list-link.ts";

it("a link of a list names what differs from the list itself, and nothing that is empty", () => {
  expect(listLink("/admin/events", { q: "", after: "" })).toBe("/admin/events");
  expect(listLink("/admin/events", { q: "a b", sort: "title" })).toBe("/admin/events?q=a+b&sort=title");
});

it("an order that the list does not know is its usual one", () => {
  expect(orderOf({ sort: "title", dir: "asc" }, ["created", "title"])).toEqual({ sort: "title", dir: "asc" });
  expect(orderOf({ sort: "title", dir: "up" }, ["created", "title"])).toEqual({ sort: "title", dir: "desc" });
  expect(orderOf({ sort: "price", dir: "asc" }, ["created", "title"])).toEqual({});
});

it("another order keeps what the list is narrowed by and begins at its first page", () => {
  const { sorting, hrefOf } = serverSort("/list", { q: "x", after: "here" }, { id: "created", desc: true });
  expect(sorting).toEqual({ id: "created", desc: true });
  expect(hrefOf({ id: "title", desc: false })).toBe("/list?q=x&sort=title&dir=asc");
});

it("the whole list keeps the order and drops what narrows it and where its page began", () => {
  const params = { q: "hall", state: "", sort: "name", dir: "asc", after: "here" };
  expect(isNarrowed(params, ["q", "state"])).toBe(true);
  expect(isNarrowed(params, ["state"])).toBe(false);
  expect(wholeList("/list", params, ["q", "state"])).toBe("/list?sort=name&dir=asc");
});
