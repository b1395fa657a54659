import { expect, type Page } from "@playwright/test";
import { ownEvent } from "./own-event.ts";
import { choose, ownOrganization } from "./own-organization.ts";
import { type Organizer, test } from "./test.ts";

/** An event with a presale, so that it has codes and a list to make. */
async function withPresale(organizer: Organizer) {
  const own = await ownEvent(organizer);
  const { event } = (await organizer.query("admin.events.get", { idOrSlug: own.id })) as {
    event: Record<string, unknown>;
  };
  const {
    id: _id,
    organizationId: _organization,
    state: _state,
    venue,
    priceVersion: _prices,
    detailsVersion: version,
    ...draft
  } = event;
  const opensAtMs = Number(draft["startsAtMs"]) - 48 * 60 * 60_000;
  const presale = {
    kind: "presale",
    key: "fans",
    label: "Fan club",
    opensAtMs,
    closesAtMs: opensAtMs + 60_000,
  };
  await organizer.mutate("admin.events.update", {
    eventId: own.id,
    version,
    draft: { ...draft, venueId: (venue as { id: string }).id, saleWindows: [presale] },
  });
  return own;
}

/** Leaves by a link of the portal, says no to the question and gives back what was asked. */
async function askedOnLeaving(page: Page): Promise<string> {
  const question = page.waitForEvent("dialog").then(async (dialog) => {
    await dialog.dismiss();
    return dialog.message();
  });
  await page.getByRole("navigation", { name: "Portal" }).getByRole("link", { name: "Layouts" }).click();
  return question;
}

test("prices, codes and an address list ask before their work is lost", async ({ organizer }) => {
  const { page } = organizer;
  const { id } = await withPresale(organizer);
  await page.goto(`/admin/events/${id}`);
  const fee = page.getByLabel("Service fee", { exact: true });
  await fee.fill("9.99");
  expect(await askedOnLeaving(page)).toBe("These prices are not published. Leave all the same?");
  await expect(fee).toHaveValue("9.99");

  page.once("dialog", (dialog) => void dialog.accept());
  await page.goto(`/admin/events/${id}/access`);
  await page.getByLabel("Whom they are for").fill("The fan club");
  expect(await askedOnLeaving(page)).toBe(
    "You typed for whom codes are and did not make them. Leave all the same?",
  );
  await page.getByLabel("Whom they are for").fill("");
  await page.getByLabel("List of addresses").setInputFiles({
    name: "list.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("one@fans.example\n"),
  });
  await expect(page.getByRole("button", { name: "Invite 1" })).toBeVisible();
  expect(await askedOnLeaving(page)).toBe(
    "This list was read and nobody of it is invited yet. Leave all the same?",
  );
});

test("what is wrong with a price, a fee or a new ticket type stands at its field, and Enter publishes nothing", async ({
  organizer,
}) => {
  const { page } = organizer;
  const { id } = await ownEvent(organizer);
  await page.goto(`/admin/events/${id}`);
  const cell = page.getByPlaceholder("not sold").first();
  const fee = page.getByLabel("Service fee", { exact: true });
  const before = await cell.inputValue();
  await cell.fill("58,0x");
  await fee.fill("much");
  await page.getByRole("button", { name: "Publish as version 2" }).click();
  await expect(cell).toBeFocused();
  await expect(cell).toHaveAccessibleDescription(/^Write it like /);
  await expect(fee).toHaveAccessibleDescription(/Write it like /);
  await cell.fill(before);
  await expect(cell).not.toHaveAttribute("aria-invalid");
  await expect(fee).toHaveAttribute("aria-invalid", "true");
  await fee.fill("3");
  await expect(page.getByText("Some fields need another look.")).toBeHidden();

  await fee.press("Enter");
  const type = page.getByLabel("Name of a new ticket type");
  await type.press("Enter");
  await expect(type).toHaveAccessibleDescription("Give the new ticket type a name.");
  await type.fill("Senior");
  await type.press("Enter");
  await expect(page.getByRole("button", { name: "Remove Senior" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Publish as version 2" })).toBeEnabled();
  const { event } = (await organizer.query("admin.events.get", { idOrSlug: id })) as {
    event: { priceVersion: number };
  };
  expect(event.priceVersion).toBe(1);
});

test("codes and lists say at their field what is wrong, and nothing is made", async ({ organizer }) => {
  const { page } = organizer;
  const { id } = await withPresale(organizer);
  await page.goto(`/admin/events/${id}/access`);
  const count = page.getByLabel("How many codes");
  await count.fill("0");
  await page.getByRole("button", { name: "Make them" }).click();
  await expect(count).toBeFocused();
  await expect(count).toHaveAccessibleDescription("A whole number from 1 to 10,000.");

  const list = page.getByLabel("List of addresses");
  await page.getByRole("button", { name: "Invite them" }).click();
  await expect(list).toBeFocused();
  await expect(list).toHaveAccessibleDescription(/Choose a list first\.$/);
  await list.setInputFiles({
    name: "list.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("nobody at all\n"),
  });
  await expect(list).toHaveAccessibleDescription(/This list has faults, told below\. Nothing was saved\.$/);
});

test("an organization's settings ask before they are lost, and a venue's address is saved apart from its event", async ({
  browser,
}) => {
  const own = await ownOrganization(browser);
  const { page } = own.owner;
  await choose(page, own);
  await page.goto("/admin/organization");
  await page.getByLabel("Name", { exact: true }).fill("");
  await page.getByRole("button", { name: "Save the settings" }).click();
  const name = page.getByLabel("Name", { exact: true });
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription(/An organization needs a name\.$/);
  expect(await askedOnLeaving(page)).toBe("What you typed in the settings is not saved. Leave all the same?");

  page.once("dialog", (dialog) => void dialog.accept());
  await page.goto(`/admin/events/${own.eventId}`);
  const address = page.getByLabel(/^Street and postcode of/);
  await address.fill("Lindenhof 4, 8001");
  expect(await askedOnLeaving(page)).toBe(
    "What you typed as the venue's address is not saved. Leave all the same?",
  );
  await page.getByLabel("Subtitle").fill("Not to be saved by this");
  await address.press("Enter");
  await expect(page.getByText("Saved for every event at this venue.")).toBeVisible();
  await expect(page.getByText("Saved.", { exact: true })).toBeHidden();
  await expect(page.getByRole("button", { name: "Save the venue's address" })).toBeHidden();
});
