import { randomUUID } from "node:crypto";
import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { newFan, signIn, signUpHere } from "./fan.ts";

/** As `ticketctl seed --demo` makes it. */
const ORGANIZER = { email: "organizer@onsale.example", password: "doors-at-seven" };

export type LineEvent = { readonly slug: string; readonly title: string; readonly lineId: string };

type Answer = { result?: { data: Record<string, unknown> }; error?: { message: string } };

/** The organizer's own browser, kept apart from the fans'. */
export type Organizer = {
  readonly page: Page;
  query: (path: string, input: unknown) => Promise<Record<string, unknown>>;
  mutate: (path: string, input: unknown) => Promise<Record<string, unknown>>;
};

export async function signInOrganizer(browser: Browser): Promise<Organizer> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, { ...ORGANIZER, next: "/admin" });
  const origin = new URL(page.url()).origin;
  const read = async (path: string, response: { json: () => Promise<unknown> }) => {
    const { result, error } = (await response.json()) as Answer;
    if (!result) throw new Error(`${path}: ${error?.message ?? "no answer"}`);
    return result.data;
  };
  return {
    page,
    query: async (path, input) =>
      read(
        path,
        await context.request.get(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`),
      ),
    mutate: async (path, input) =>
      read(path, await context.request.post(`/api/trpc/${path}`, { data: input, headers: { origin } })),
  };
}

/** An event of its own, on sale, with a line before it: a copy of one of the demo's, so that it has a house and prices. */
export async function lineEvent(organizer: Organizer, settings: Record<string, unknown>): Promise<LineEvent> {
  const { event, priceList } = (await organizer.query("admin.events.get", {
    idOrSlug: "the-glass-orchard",
  })) as { event: Record<string, unknown>; priceList: unknown };
  const { id: _id, state: _state, venue, priceVersion: _version, detailsVersion: _details, ...draft } = event;
  const title = "The Last Night";
  const slug = `the-last-night-${randomUUID().slice(0, 8)}`;
  const created = await organizer.mutate("admin.events.create", {
    ...draft,
    venueId: (venue as { id: string }).id,
    title,
    slug,
    subtitle: "One night, one house, one draw",
    saleWindows: [],
  });
  const eventId = created["id"];
  await organizer.mutate("admin.events.publishPrices", { eventId, version: 0, priceList });
  await organizer.mutate("admin.events.move", { eventId, to: "published" });
  const nowMs = Date.now();
  const line = await organizer.mutate("admin.lines.create", {
    eventId,
    settings: { lobbyOpensAtMs: nowMs - 1_000, drawsAtMs: nowMs + 3_600_000, ...settings },
  });
  await organizer.mutate("admin.events.move", { eventId, to: "on_sale" });
  return { slug, title, lineId: String(line["id"]) };
}

export type FanPage = { readonly page: Page; readonly context: BrowserContext; readonly email: string };

/** A fan with an account of their own, in a browser of their own. */
export async function signedInFan(browser: Browser, name: string): Promise<FanPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto("/sign-up");
  const fan = { ...newFan(), name };
  await signUpHere(page, fan);
  await expect(page.getByRole("button", { name: /^Sign out/ })).toBeVisible();
  return { page, context, email: fan.email };
}
