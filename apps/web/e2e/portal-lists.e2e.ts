import { expect } from "@playwright/test";
import { tell } from "./calls.ts";
import { newFan, signedUp } from "./fan.ts";
import { choose, invitationLink, ownOrganization } from "./own-organization.ts";
import { ownEvent } from "./own-event.ts";
import { test } from "./test.ts";

test("an empty list says what would stand in it, and leads on whoever may take the next step", async ({
  browser,
}) => {
  const own = await ownOrganization(browser);
  const { page } = own.owner;
  await choose(page, own);
  await page.goto("/admin");
  await expect(page.getByText("Nothing is on sale.")).toBeVisible();
  await page.goto("/admin/layouts");
  await expect(page.getByText("Each seating plan stands here with its places.")).toBeVisible();
  await page.getByRole("link", { name: "Import the first seating plan" }).click();
  await expect(page.getByRole("heading", { name: "Import a layout" })).toBeVisible();
  await page.goto(`/admin/events/${own.eventId}/access`);
  await expect(page.getByText("This event has no presale window.")).toBeVisible();
  await page.getByRole("link", { name: "Add a sale window" }).click();
  await expect(page.getByRole("region", { name: "Sale windows" })).toBeInViewport();

  const reader = await (await browser.newContext()).newPage();
  const fan = await signedUp(reader, newFan("Rita Reader"));
  const invitation = { organizationId: own.id, email: fan.email, role: "read_only" };
  await tell(page.request, "organization.members.invite", invitation);
  const token = (await invitationLink(reader, fan.email)).split("#token=")[1];
  await tell(reader.request, "organization.invitations.accept", { token });
  await reader.goto("/admin/layouts");
  await expect(reader.getByText("No layout yet.")).toBeVisible();
  await expect(reader.getByRole("link", { name: /^Import/ })).toHaveCount(0);
});

test("a list is narrowed by its address, keeps its order, and says how to see all again where nothing fits", async ({
  organizer: { page },
}) => {
  await page.goto("/admin/layouts?sort=name&dir=asc");
  const names = page.getByRole("rowheader");
  const first = (await names.first().textContent()) ?? "";
  await page.getByLabel("Name", { exact: true }).fill(first.toUpperCase());
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page).toHaveURL(/q=/);
  await expect(names.first()).toHaveText(first);
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(first.toUpperCase());

  await page.getByLabel("Name", { exact: true }).fill("no layout has this name");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText("No layouts fit what you look for.")).toBeVisible();
  await page.getByRole("link", { name: "Show all layouts" }).click();
  await expect(page).toHaveURL(/\/admin\/layouts\?sort=name&dir=asc$/);
  await expect(names.first()).toHaveText(first);
});

test("members are found by their role and by words of their name", async ({ browser }) => {
  const own = await ownOrganization(browser);
  const { page } = own.owner;
  await choose(page, own);
  await page.goto("/admin/members?role=scanner");
  await expect(page.getByText("No members fit what you look for.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Leave / })).toBeVisible();
  await page.getByRole("link", { name: "Show all members" }).click();
  await expect(page.getByRole("combobox", { name: "Role" })).toHaveValue("");
  await page.getByLabel("Name or address").fill("OLGA");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText("Olga Owner, you")).toBeVisible();
});

test("what is awaited keeps its place: nothing moves when the figures come, and nothing stirs where less motion is asked for", async ({
  organizer,
}) => {
  const { page } = organizer;
  const { id } = await ownEvent(organizer);
  await page.emulateMedia({ reducedMotion: "reduce" });
  const held = Promise.withResolvers<undefined>();
  await page.route(/\/api\/.*events\.sales/, async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto(`/admin/events/${id}/sales`);
  const plan = page.getByRole("heading", { name: "The plan now" });
  const awaited = page.getByText("on its way").first();
  await expect(awaited).toBeAttached();
  await expect(page.getByText("Reading the sales.")).toBeAttached();
  expect(await awaited.evaluate((one) => one.parentElement?.getAnimations().length)).toBe(0);
  const before = await plan.boundingBox();
  held.resolve(undefined);
  await expect(awaited).toHaveCount(0);
  expect((await plan.boundingBox())?.y).toBe(before?.y);
});
