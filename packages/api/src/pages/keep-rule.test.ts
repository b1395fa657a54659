import { expect, test } from "vitest";
import { keptRequestOf } from "./keep-rule.ts";

const SESSION = "__Host-onsale-session";
const ask = (url: string, headers: Record<string, string> = {}, method = "GET") =>
  keptRequestOf({ method, url, headers }, SESSION);

test.each([
  "/",
  "/events/tidelines",
  "/events/tidelines/seats",
  "/events/tidelines/line",
  "/organizers/harbour-arena",
  "/robots.txt",
])("%s is the same for everyone who is not signed in", (url) => {
  expect(ask(url)).toEqual({ key: `en-GB ${url}`, url, locale: "en-GB" });
  expect(ask(url, {}, "HEAD")).toEqual(ask(url));
});

test("nothing is kept for a visitor with a session, whole or in pieces, valid or not", () => {
  for (const cookie of [`${SESSION}=x`, `a=b; ${SESSION}=x`, `a=b;${SESSION}.0=x`, ` ${SESSION} =`])
    expect(ask("/", { cookie })).toBeNull();
  expect(ask("/", { cookie: `other=${SESSION}; authjs.csrf-token=x` })).not.toBeNull();
});

test.each([
  "/tickets",
  "/admin",
  "/orders/1",
  "/checkout/x",
  "/sign-in",
  "/events/x/waitlist",
  "/events/X",
  "/organizers/X",
  "/organizers/x/members",
  "/invitations",
  "//x",
])("%s is rendered for whoever asks", (url) => expect(ask(url)).toBeNull());

test("a query makes a page of its own, except where a link was found", () => {
  expect(ask("/?q=jazz")).toBeNull();
  expect(ask("/organizers/harbour-arena?after=x")).toBeNull();
  expect(ask("/events/x/line?join=1")).toBeNull();
  expect(ask("/?utm_source=mail&q=jazz")).toBeNull();
  expect(ask("/events/x?utm_source=mail&fbclid=1")).toEqual(ask("/events/x"));
});

test("parts of a page and forms are never answered with a kept page", () => {
  for (const name of ["rsc", "next-action", "next-router-state-tree", "next-router-prefetch"])
    expect(ask("/", { [name]: "1" })).toBeNull();
  expect(ask("/", {}, "POST")).toBeNull();
});

test("readers of another way of writing numbers have a page of their own, and there are few of them", () => {
  const keys = ["de-DE,de;q=0.9", "de-ch", "fr", "en-US", "xx", "tlh;q=1, de"].map(
    (language) => ask("/", { "accept-language": language })?.key,
  );
  expect(keys).toEqual(["de-DE /", "de-CH /", "fr-FR /", "en-US /", "en-GB /", "de-DE /"]);
});
