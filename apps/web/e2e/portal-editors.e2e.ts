import { randomUUID } from "node:crypto";
import { type Browser, expect, type Page } from "@playwright/test";
import { ask, tell } from "./calls.ts";
import { picture, signedInFan } from "./fan.ts";
import { type OwnEvent, ownEvent } from "./own-event.ts";
import { test } from "./test.ts";

const save = (page: Page) => page.getByRole("button", { name: "Save the details" });

async function openForm(page: Page, { id }: Pick<OwnEvent, "id">): Promise<void> {
  await page.goto(`/admin/events/${id}`);
  await expect(save(page)).toBeEnabled();
}

test("two editors never overwrite each other: the late one sees both sides and goes on from them", async ({
  organizer,
}) => {
  const event = await ownEvent(organizer, { like: "tidelines" });
  const { page } = organizer;
  const other = await page.context().newPage();
  await openForm(page, event);
  await openForm(other, event);

  await other.getByLabel("Title", { exact: true }).fill("Tidelines, the other way");
  await other.getByLabel("Genre").fill("Opera");
  await save(other).click();
  await expect(other.getByText("Saved.")).toBeVisible();

  await page.getByLabel("Title", { exact: true }).fill("Tidelines, my way");
  await page.getByLabel("Subtitle").fill("With a subtitle of mine");
  await save(page).click();
  const notice = page.getByRole("alert").filter({ hasText: "Somebody else saved while you were at it" });
  await expect(notice).toContainText("organizer@onsale.example");
  await expect(notice).toContainText("Title");
  await expect(notice.getByRole("row", { name: /Title/ })).toContainText("Tidelines, the other way");
  await picture(page, "25-changed-meanwhile");
  await page.getByRole("button", { name: "Keep mine and go on editing" }).click();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Tidelines, my way");
  await expect(page.getByLabel("Genre")).toHaveValue("Opera");
  await save(page).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  const { event: now } = await organizer.query("admin.events.get", { idOrSlug: event.id });
  expect(now).toMatchObject({
    title: "Tidelines, my way",
    subtitle: "With a subtitle of mine",
    genre: "Opera",
  });
});

test("leaving with unsaved work asks, and saved work is left without a word", async ({ organizer }) => {
  const { page } = organizer;
  const asked: string[] = [];
  let stay = true;
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void (stay ? dialog.dismiss() : dialog.accept());
  });
  await page.goto("/admin/events");
  await openForm(page, await ownEvent(organizer, { state: "draft" }));
  await page.getByLabel("Subtitle").fill("Typed");
  const away = page.getByRole("navigation", { name: "Portal" }).getByRole("link", { name: "Layouts" });
  await away.click();
  await expect(page.getByLabel("Subtitle")).toHaveValue("Typed");
  expect(asked).toEqual(["What you typed in the details is not saved. Leave all the same?"]);
  await save(page).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  stay = false;
  await away.click();
  await expect(page.getByRole("heading", { name: "Layouts" })).toBeVisible();
  expect(asked).toHaveLength(1);
});

test("a form says each fault at its field, in words, and takes the focus to the first", async ({
  organizer,
}) => {
  const { page } = organizer;
  await openForm(page, await ownEvent(organizer, { state: "draft" }));
  await page.getByLabel("Title", { exact: true }).fill("x".repeat(400));
  await page.getByLabel("Time zone", { exact: true }).fill("Mars/Olympus");
  await page.getByRole("button", { name: "Add a window" }).click();
  await save(page).click();
  await expect(page.getByText("At most 200 characters; this has 400.")).toBeVisible();
  await expect(page.getByText("There is no such time zone.")).toBeVisible();
  await expect(page.getByText("When does it open?")).toBeVisible();
  await expect(page.getByLabel("Title", { exact: true })).toBeFocused();
  await page.getByLabel("Time zone", { exact: true }).fill("Europe/Zurich");
  await page.getByLabel("Starts").fill("2026-10-25T02:30");
  await expect(page.getByText("this time comes twice")).toBeVisible();
  await page.getByLabel("Which of the two: Starts").selectOption("second");
  await page.getByLabel("Online sale ends").fill("2026-03-29T02:30");
  await expect(page.getByText("It counts as 03:30.")).toBeVisible();
  await picture(page, "26-faults");
});

test("an event's old address leads to its new one for good, and one that never was is not found", async ({
  organizer,
  request,
}) => {
  const event = await ownEvent(organizer);
  const { event: found } = await organizer.query("admin.events.get", { idOrSlug: event.id });
  const {
    id: _i,
    organizationId: _o,
    state: _s,
    venue,
    priceVersion: _p,
    detailsVersion,
    ...draft
  } = found as Record<string, unknown>;
  const slug = `${event.slug}-new`;
  await organizer.mutate("admin.events.update", {
    eventId: event.id,
    version: detailsVersion,
    draft: { ...draft, venueId: (venue as { id: string }).id, slug },
  });
  for (const rest of ["", "/seats", "/line?window=public"]) {
    const moved = await request.get(`/events/${event.slug}${rest}`, { maxRedirects: 0 });
    expect([moved.status(), moved.headers()["location"]]).toEqual([308, `/events/${slug}${rest}`]);
  }
  expect((await request.get(`/events/${slug}`)).status()).toBe(200);
  expect((await request.get(`/events/no-such-${randomUUID()}`)).status()).toBe(404);
});

test("cancelling asks for a reason, does nothing without one, and the event's page shows it", async ({
  organizer,
}) => {
  const event = await ownEvent(organizer, { state: "published" });
  const { page } = organizer;
  await openForm(page, event);
  const dialog = page.getByRole("dialog");
  const cancel = { name: "Cancel the event" };
  await page.getByRole("button", cancel).click();
  await dialog.getByRole("button", cancel).click();
  await expect(dialog.getByLabel("Why")).toBeFocused();
  await dialog.getByRole("button", { name: "Keep it as it is" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", cancel).click();
  await dialog.getByLabel("Why").fill("The hall is flooded.");
  await dialog.getByRole("button", cancel).click();
  await expect(page.getByText("Cancelled", { exact: true })).toBeVisible();
  await page.goto(`/events/${event.slug}`);
  await expect(page.getByText("The organizer says: The hall is flooded.")).toBeVisible();
});

test("who has a ticket of a cancelled event sees so on the order and on the ticket", async ({
  browser,
  organizer,
}) => {
  const event = await ownEvent(organizer);
  const { page } = await buyer(browser, event);
  await organizer.mutate("admin.events.move", {
    eventId: event.id,
    to: "cancelled",
    reason: "The hall is flooded.",
  });
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByRole("heading", { level: 1 }).textContent();
    })
    .toBe("This event was cancelled.");
  await expect(page.getByText("The organizer says: The hall is flooded.")).toBeVisible();
  await page.goto("/tickets");
  await expect(page.getByText("Event cancelled").first()).toBeVisible();
  await expect(page.getByText("Paid; the event was cancelled")).toBeVisible();
  await picture(page, "27-cancelled");
});

type Held = { readonly hold: { readonly id: string }; readonly quote: { readonly hash: string } };

/** A fan with a paid order of the event, on the order's page. */
async function buyer(browser: Browser, { slug }: Pick<OwnEvent, "slug">): Promise<{ page: Page }> {
  const fan = await signedInFan(browser, "Nora Newcomer");
  const { page } = fan;
  const call = (path: string, input: unknown) => tell(page.request, path, input);
  const { id: eventId } = await ask(page.request, "event.bySlug", { slug });
  const operationId = randomUUID().replaceAll("-", "");
  const items = { seats: [{ seatNo: 100, ticketType: "adult" }], areas: [] };
  const { hold, quote } = (await call("hold.create", { eventId, operationId, items })) as Held;
  const { orderId } = await call("checkout.start", {
    eventId,
    holdId: hold.id,
    quoteHash: quote.hash,
    idempotencyKey: randomUUID().replaceAll("-", ""),
    method: "card_ok",
  });
  await page.goto(`/orders/${String(orderId)}`);
  await expect(page.getByRole("heading", { name: "Your ticket is here." })).toBeVisible();
  return { page };
}

test("a fault of a form goes as soon as its field is mended, and the others stay until theirs are", async ({
  organizer: { page },
}) => {
  await page.goto("/admin/events/new");
  const create = page.getByRole("button", { name: "Create the event" });
  await expect(create).toBeEnabled();
  await page.getByLabel("Seats are held for (minutes)").fill("0");
  await create.click();
  const noTitle = page.getByText("An event needs a title.");
  const notice = page.getByText("Some fields need another look.");
  await expect(noTitle).toBeVisible();
  const minutes = page.getByLabel("Seats are held for (minutes)");
  await expect(minutes).toHaveAttribute("aria-invalid", "true");

  await page.getByLabel("Title", { exact: true }).fill("A title after all");
  await expect(noTitle).toHaveCount(0);
  await expect(page.getByLabel("Title", { exact: true })).not.toHaveAttribute("aria-invalid");
  await expect(page.getByLabel("Title", { exact: true })).toBeFocused();
  await expect(minutes).toHaveAttribute("aria-invalid", "true");
  await expect(notice).toBeVisible();
});

test("what was taken out of a form comes back where it was, with what was typed meanwhile", async ({
  organizer,
}) => {
  const { page } = organizer;
  await openForm(page, await ownEvent(organizer));
  const add = page.getByRole("button", { name: "Add a window" });
  await add.click();
  await page.getByLabel("Name of window 1").fill("Friends");
  await add.click();
  await page.getByLabel("Name of window 2").fill("Everybody");
  await page.getByRole("button", { name: "Remove window 1" }).click();
  await expect(page.getByLabel("Name of window 1")).toHaveValue("Everybody");
  await page.getByLabel("Name of window 1").fill("The whole town");
  await expect(page.getByText("Friends was taken out.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByLabel("Name of window 1")).toHaveValue("Friends");
  await expect(page.getByLabel("Name of window 2")).toHaveValue("The whole town");
  await expect(page.getByText("Friends was taken out.")).toBeHidden();
});

test("a question keeps the keys in it, Escape changes nothing, and the focus goes back to what was pressed", async ({
  organizer,
}) => {
  const { page } = organizer;
  await openForm(page, await ownEvent(organizer));
  const end = page.getByRole("button", { name: "End the sale" });
  await end.click();
  const question = page.getByRole("dialog", { name: "End the sale" });
  await expect(question).toBeVisible();
  for (let press = 0; press < 4; press++) {
    await page.keyboard.press("Tab");
    await expect(question.locator(":focus")).toBeVisible();
  }
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(end).toBeFocused();
  await expect(page.getByRole("button", { name: "Pause the sale" })).toBeVisible();
});
