import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { ask, tell } from "./calls.ts";
import { newFan, picture, signedUp, signUpHere } from "./fan.ts";
import { ownEvent } from "./own-event.ts";
import { choose, invitationLink, ownOrganization } from "./own-organization.ts";
import { test } from "./test.ts";

test("who is invited signs up from the mail, sees that organization alone, and each change of the role counts at the next click", async ({
  browser,
  page,
}) => {
  const { id, name, eventId, eventTitle, owner, operator } = await ownOrganization(browser);
  const invited = newFan("Ines Invited");
  await owner.page.goto("/admin/members");
  await owner.page.getByRole("textbox", { name: "E-mail" }).fill(invited.email);
  await owner.page.getByRole("radio", { name: "Manager" }).check();
  await owner.page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(owner.page.getByText(`${invited.email} is invited as a manager.`)).toBeVisible();
  await expect(
    owner.page.getByRole("button", { name: `Take back the invitation of ${invited.email}` }),
  ).toBeVisible();
  await picture(owner.page, "27-members");

  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const link = await invitationLink(page, invited.email);
  await page.goto(link);
  await expect(page.getByText(`${name} invites you to work there as a manager.`)).toBeVisible();
  await expect(page.getByText(`Sent by ${owner.fan.email}.`)).toBeVisible();
  await page.getByRole("link", { name: "Create an account" }).click();
  await signUpHere(page, invited);
  await page.getByRole("button", { name: `Join ${name}` }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Portal" }).getByText(name)).toBeVisible();
  // Without another load, which would be told anyway after a while.
  await expect(
    page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Portal" }),
  ).toBeVisible();
  const token = link.split("#token=")[1] ?? "none";
  expect(asked.filter((url) => url.split("#")[0]?.includes(token))).toEqual([]);

  await page.getByRole("navigation", { name: "Portal" }).getByRole("link", { name: "Events" }).click();
  await expect(page.getByRole("link", { name: eventTitle })).toBeVisible();
  await expect(page.getByText("The Glass Orchard")).toHaveCount(0);
  expect((await page.goto("/admin/events/the-glass-orchard"))?.status()).toBe(404);
  await page.goto(`/admin/events/${eventId}`);
  await expect(page.getByRole("button", { name: "Save the details" })).toBeVisible();

  // A manager takes back what a manager may offer.
  const [heir, hand] = [newFan("Hanna Heir").email, newFan("Hugo Hand").email];
  const offer = { organizationId: id };
  await operator.mutate("organization.members.invite", { ...offer, email: heir, role: "owner" });
  await operator.mutate("organization.members.invite", { ...offer, email: hand, role: "scanner" });
  await page.goto("/admin/members");
  await expect(page.getByText(heir)).toBeVisible();
  await expect(page.getByRole("button", { name: `Take back the invitation of ${hand}` })).toBeVisible();
  await expect(page.getByRole("button", { name: `Take back the invitation of ${heir}` })).toHaveCount(0);
  await page.goto(`/admin/events/${eventId}`);

  await owner.page.goto("/admin/members");
  await owner.page.getByRole("button", { name: "Change role of Ines Invited" }).click();
  const dialog = owner.page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Read only" }).check();
  await dialog.getByRole("button", { name: "Make Ines Invited a member who only reads" }).click();
  await expect(owner.page.getByRole("listitem").filter({ hasText: invited.email })).toContainText(
    "Read only",
  );
  await page.reload();
  await expect(page.getByText("Small Hall, Bern, Switzerland")).toBeVisible();
  await expect(page.getByRole("button", { name: /^(?:Save|Publish|Cancel)/ })).toHaveCount(0);
  await page.goto("/admin/events");
  await expect(page.getByRole("link", { name: eventTitle })).toBeVisible();
  await expect(page.getByRole("link", { name: "New event" })).toHaveCount(0);
  await page.goto("/admin/events/new");
  await expect(page.getByRole("heading", { name: "Your role does not include that page." })).toBeVisible();
  for (const operators of ["/admin/risk", "/admin/organization/new"]) {
    await page.goto(operators);
    await expect(page.getByRole("heading", { name: "That page is for operators." })).toBeVisible();
    await expect(page.getByText("can give you another role")).toHaveCount(0);
  }
  const { event } = (await ask(page.request, "admin.events.get", { idOrSlug: eventId })) as {
    event: Record<string, unknown>;
  };
  await expect(
    tell(page.request, "admin.events.move", { eventId: event["id"], to: "cancelled", reason: "no" }),
  ).rejects.toThrow();
  await expect(
    tell(page.request, "organization.members.invite", {
      organizationId: id,
      email: invited.email,
      role: "read_only",
    }),
  ).rejects.toThrow();

  await owner.page.getByRole("button", { name: "Remove Ines Invited" }).click();
  await dialog.getByRole("button", { name: "Remove Ines Invited" }).click();
  await expect(owner.page.getByText(invited.email)).toHaveCount(0);
  await page.goto("/admin/events");
  await expect(page.getByText("That page is for the organizer's team.")).toBeVisible();
});

test("whoever is invited into an organization without members becomes its owner if nothing else is chosen", async ({
  browser,
}) => {
  const { operator } = await ownOrganization(browser);
  const slug = `new-${randomUUID()}`;
  const settings = { slug, name: `New Hall ${slug.slice(4, 12)}`, contactEmail: `tickets@${slug}.example` };
  const { id } = await operator.mutate("organization.create", {
    ...settings,
    currency: "CHF",
    timeZone: "Europe/Zurich",
  });
  await choose(operator.page, { id: String(id) });
  const { email } = newFan();
  await operator.page.goto("/admin/members");
  await operator.page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await operator.page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(operator.page.getByText(`${email} is invited as an owner.`)).toBeVisible();
  await operator.page.reload();
  await expect(operator.page.getByRole("radio", { name: "Read only" })).toBeChecked();
});

test("an invitation of another address says which, and is kept through signing out", async ({
  browser,
  page,
}) => {
  const { id, name, operator } = await ownOrganization(browser);
  const invited = newFan("Ines Invited");
  await operator.mutate("organization.members.invite", {
    organizationId: id,
    email: invited.email,
    role: "box_office",
  });
  const other = await signedUp(page, newFan("Oscar Other"));
  await page.goto(await invitationLink(page, invited.email));
  await expect(page.getByText(`This invitation is for ${invited.email}.`)).toBeVisible();
  await expect(page.getByRole("button", { name: `Join ${name}` })).toHaveCount(0);
  await page.getByRole("button", { name: `Sign out ${other.email}` }).click();
  await page.getByRole("link", { name: "Create an account" }).click();
  await signUpHere(page, invited);
  await page.getByRole("button", { name: `Join ${name}` }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  // The box office sees no members, no settings and no money.
  const nav = page.getByRole("navigation", { name: "Portal" });
  await expect(nav.getByRole("link")).toHaveText(["Overview", "Events", "Layouts"]);
  await page.goto("/invitations#token=none");
  await expect(page.getByText("This page is reached by the link of an invitation.")).toBeVisible();
});

test("settings that somebody else saved meanwhile are not written over, and both are shown", async ({
  browser,
}) => {
  const { id, slug, owner, operator } = await ownOrganization(browser);
  const { page } = owner;
  await page.goto("/admin/organization");
  await page.getByLabel("Address", { exact: true }).fill("Lane 1, 3011 Bern");
  const { version, id: _id, ...draft } = await operator.query("organization.get", { organizationId: id });
  await operator.mutate("organization.update", {
    organizationId: id,
    version,
    draft: { ...draft, address: "Lane 2, 3011 Bern" },
  });
  await page.getByRole("button", { name: "Save the settings" }).click();
  await expect(page.getByText("Somebody else saved while you were at it.")).toBeVisible();
  await expect(page.getByText("Lane 2, 3011 Bern")).toBeVisible();
  await page.getByRole("button", { name: "Keep mine and go on editing" }).click();
  await page.getByRole("button", { name: "Save the settings" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto(`/organizers/${slug}`);
  await expect(page.getByText("Lane 1, 3011 Bern")).toBeVisible();
});

test("an operator chooses whose lists are shown; another organization's event opens all the same", async ({
  browser,
}) => {
  const { id, name, eventId, eventTitle, operator } = await ownOrganization(browser);
  const { page } = operator;
  await choose(page, { id });
  await page.goto("/admin/events");
  await expect(page.getByRole("combobox", { name: "Organization" })).toHaveValue(id);
  await expect(page.getByRole("link", { name: eventTitle })).toBeVisible();
  await page.getByRole("combobox", { name: "Organization" }).selectOption({ label: "Lindenhof Theatre" });
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.goto(`/admin/events/${eventId}`);
  await expect(page.getByRole("heading", { name: eventTitle })).toBeVisible();
  await expect(page.getByText(`An event of ${name}`)).toBeVisible();
  await page.goto("/admin/events?q=chamber");
  await expect(page.getByRole("link", { name: eventTitle })).toHaveCount(0);
});

test("an event made from a layout belongs to whoever has the layout, whichever organization is chosen", async ({
  browser,
}) => {
  const { id, name, operator } = await ownOrganization(browser);
  const { page } = operator;
  const { layout } = await operator.mutate("admin.layouts.import", {
    organizationId: id,
    text: "Category,Sector,Row,Number\nA,A,1,1\nA,A,1,2",
    name: `Small plan ${name}`,
  });
  await page.goto("/admin/events");
  await page.getByRole("combobox", { name: "Organization" }).selectOption({ label: "Lindenhof Theatre" });
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.goto(`/admin/layouts/${String((layout as { id: unknown }).id)}`);
  await expect(page.getByText(`A layout of ${name}.`)).toBeVisible();
  await page.getByRole("link", { name: "New event with it" }).click();
  await expect(page.getByText(`An event of ${name}`)).toBeVisible();
  await expect(page.getByLabel("Seat layout")).toHaveValue(String((layout as { id: unknown }).id));
  await page.getByLabel("Title", { exact: true }).fill(`Small Night ${name}`);
  await page.getByLabel("Starts").fill("2099-06-01T20:00");
  await page.getByRole("button", { name: "Create the event" }).click();
  await expect(page.getByRole("heading", { name: `Small Night ${name}` })).toBeVisible();
  await expect(page.getByText(`An event of ${name}`)).toBeVisible();
});

test("a fan finds an organizer and its events from an event, without JavaScript", async ({
  browser,
  organizer,
}) => {
  const event = await ownEvent(organizer);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`/events/${event.slug}`);
  await page.getByRole("link", { name: "Lindenhof Theatre" }).click();
  await expect(page).toHaveURL("/organizers/lindenhof-theatre");
  await expect(page.getByRole("heading", { name: "Lindenhof Theatre", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "kasse@lindenhof.example" })).toHaveAttribute(
    "href",
    "mailto:kasse@lindenhof.example",
  );
  await expect(page.locator('a[href="/events/the-glass-orchard"]')).toBeVisible();
  await expect(page.locator('a[href="/events/northern-static-signal-fires"]')).toHaveCount(0);
  expect((await page.goto("/organizers/nobody-at-all"))?.status()).toBe(404);
  await context.close();
});
