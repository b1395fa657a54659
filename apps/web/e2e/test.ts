import { randomInt } from "node:crypto";
import { type Page, test as base } from "@playwright/test";
import { type Answered, ask, signInCookies, tell } from "./calls.ts";

/** As `ticketctl seed --demo` makes it. */
export const ORGANIZER = { email: "organizer@onsale.example", password: "doors-at-seven" };

/** The organizer's own browser, kept apart from the fans'. */
export type Organizer = {
  readonly page: Page;
  query: (path: string, input: unknown) => Promise<Answered>;
  mutate: (path: string, input: unknown) => Promise<Answered>;
};

type SignedIn = Awaited<ReturnType<typeof signInCookies>>;

/** Of a network that belongs to nobody (RFC 1918). */
const anyAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;

/**
 * Each test has an address of its own, as behind a proxy (TRUSTED_PROXY_HOPS=1): what one does counts against no limit of
 * another's.
 */
export const test = base.extend<{ readonly organizer: Organizer }, { readonly organizerCookies: SignedIn }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from the pattern
  extraHTTPHeaders: ({}, use) => use({ "x-forwarded-for": anyAddress() }),

  // oxlint-disable-next-line no-empty-pattern -- as above
  organizerCookies: [({}, use) => signInCookies(ORGANIZER).then(use), { scope: "worker" }],

  organizer: async ({ browser, organizerCookies }, use) => {
    const context = await browser.newContext();
    await context.addCookies(organizerCookies);
    await use({
      page: await context.newPage(),
      query: (path, input) => ask(context.request, path, input),
      mutate: (path, input) => tell(context.request, path, input),
    });
    await context.close();
  },
});
