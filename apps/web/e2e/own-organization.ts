import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { ask, type Answered, signInCookies, tell } from "./calls.ts";
import { mailTo, newFan, type NewFan, signedUp } from "./fan.ts";
import { SITE_URL } from "./site.ts";

/** As `ticketctl seed --demo` makes it. */
const OPERATOR = { email: "operator@onsale.example", password: "hold-the-line" };

export type OwnOrganization = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** Of one event of it, a draft. */
  readonly eventId: string;
  readonly eventTitle: string;
  readonly owner: { readonly page: Page; readonly fan: NewFan };
  readonly operator: {
    readonly page: Page;
    query: (path: string, input: unknown) => Promise<Answered>;
    mutate: (path: string, input: unknown) => Promise<Answered>;
  };
};

/** The page of an invitation as its mail links to it, on the site under test. */
export async function invitationLink(page: Page, email: string): Promise<string> {
  const { text } = await mailTo(page, email, /invited to work/);
  const { pathname, hash } = new URL(/https?:\/\/\S+#token=\S+/.exec(text)?.[0] ?? "");
  return `${pathname}${hash}`;
}

/** The portal's lists of this browser are about one organization. */
export async function choose(page: Page, { id }: { readonly id: string }): Promise<void> {
  const { hostname: domain } = new URL(SITE_URL);
  await page.context().addCookies([{ name: "onsale-organization", value: id, domain, path: "/admin" }]);
}

async function operatorOf(browser: Browser): Promise<OwnOrganization["operator"]> {
  const context = await browser.newContext();
  await context.addCookies(await signInCookies(OPERATOR));
  return {
    page: await context.newPage(),
    query: (path, input) => ask(context.request, path, input),
    mutate: (path, input) => tell(context.request, path, input),
  };
}

/** An organization that no other test knows, with its owner and an event. */
export async function ownOrganization(browser: Browser): Promise<OwnOrganization> {
  const operator = await operatorOf(browser);
  const slug = `own-${randomUUID()}`;
  const name = `Own Hall ${slug.slice(4, 12)}`;
  const contactEmail = `tickets@${slug}.example`;
  const settings = { slug, name, contactEmail, currency: "CHF", timeZone: "Europe/Zurich" };
  const organizationId = String((await operator.mutate("organization.create", settings))["id"]);
  const venue = await operator.mutate("admin.venues.create", {
    organizationId,
    draft: { name: "Small Hall", city: "Bern", country: "Switzerland", timeZone: "Europe/Zurich" },
  });
  const eventTitle = `Chamber Night ${slug.slice(4, 12)}`;
  const event = await operator.mutate("admin.events.create", {
    organizationId,
    draft: {
      slug,
      title: eventTitle,
      venueId: venue["id"],
      layoutId: null,
      timeZone: "Europe/Zurich",
      currency: "CHF",
      startsAtMs: Date.UTC(2099, 5, 1, 18),
      doorsAtMs: null,
      endsAtMs: null,
    },
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  const fan = await signedUp(page, newFan("Olga Owner"));
  await operator.mutate("organization.members.invite", { organizationId, email: fan.email, role: "owner" });
  const token = (await invitationLink(page, fan.email)).split("#token=")[1];
  await tell(context.request, "organization.invitations.accept", { token });
  return {
    id: organizationId,
    slug,
    name,
    eventId: String(event["id"]),
    eventTitle,
    owner: { page, fan },
    operator,
  };
}
