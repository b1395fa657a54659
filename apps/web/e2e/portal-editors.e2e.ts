import { randomUUID } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type Organizer, signedInFan, signInOrganizer } from "./line-event.ts";
import { BROWSER_HEADERS, picture } from "./fan.ts";

type Made = { readonly id: string; readonly slug: string };

/** A copy of one of the demo's events, a draft or public. */
async function copyOf(organizer: Organizer, { published }: { published: boolean }): Promise<Made> {
  const { event, priceList } = (await organizer.query("admin.events.get", { idOrSlug: "tidelines" })) as {
    event: Record<string, unknown>;
    priceList: unknown;
  };
  const { id: _id, state: _state, venue, priceVersion: _p, detailsVersion: _d, ...draft } = event;
  const slug = `editors-${randomUUID().slice(0, 8)}`;
  const venueId = (venue as { id: string }).id;
  const created = await organizer.mutate("admin.events.create", { ...draft, venueId, slug, saleWindows: [] });
  const id = String(created["id"]);
  if (published) {
    await organizer.mutate("admin.events.publishPrices", { eventId: id, version: 0, priceList });
    await organizer.mutate("admin.events.move", { eventId: id, to: "published" });
    await organizer.mutate("admin.events.move", { eventId: id, to: "on_sale" });
  }
  return { id, slug };
}

const save = (page: Page) => page.getByRole("button", { name: "Save the details" });

async function openForm(page: Page, { id }: Made): Promise<void> {
  await page.goto(`/admin/events/${id}`);
  await expect(save(page)).toBeEnabled();
}

test("two editors never overwrite each other: the late one sees both sides and goes on from them", async ({
  browser,
}) => {
  const organizer = await signInOrganizer(browser);
  const event = await copyOf(organizer, { published: true });
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

test("leaving with unsaved work asks, and saved work is left without a word", async ({ browser }) => {
  const organizer = await signInOrganizer(browser);
  const { page } = organizer;
  const asked: string[] = [];
  let stay = true;
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void (stay ? dialog.dismiss() : dialog.accept());
  });
  await page.goto("/admin/events");
  await openForm(page, await copyOf(organizer, { published: false }));
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
  browser,
}) => {
  const organizer = await signInOrganizer(browser);
  const { page } = organizer;
  await openForm(page, await copyOf(organizer, { published: false }));
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
  browser,
  request,
}) => {
  const organizer = await signInOrganizer(browser);
  const event = await copyOf(organizer, { published: true });
  const { event: found } = await organizer.query("admin.events.get", { idOrSlug: event.id });
  const {
    id: _i,
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

test("who has a ticket of a cancelled event sees so on the order and on the ticket", async ({ browser }) => {
  const organizer = await signInOrganizer(browser);
  const event = await copyOf(organizer, { published: true });
  const { page } = await buyer(browser, event);
  await organizer.mutate("admin.events.move", { eventId: event.id, to: "cancelled" });
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByRole("heading", { level: 1 }).textContent();
    })
    .toBe("This event was cancelled.");
  await page.goto("/tickets");
  await expect(page.getByText("Event cancelled").first()).toBeVisible();
  await expect(page.getByText("Paid; the event was cancelled")).toBeVisible();
  await picture(page, "27-cancelled");
});

/** A fan with a paid order of the event, on the order's page. */
async function buyer(browser: Browser, { slug }: Made): Promise<{ page: Page }> {
  const fan = await signedInFan(browser, "Nora Newcomer");
  const { page, context } = fan;
  const origin = new URL(page.url()).origin;
  const call = async (path: string, input: unknown) => {
    const response = await context.request.post(`/api/trpc/${path}`, {
      data: input,
      headers: { ...BROWSER_HEADERS, origin },
    });
    const { result, error } = (await response.json()) as { result?: { data: unknown }; error?: unknown };
    if (!result) throw new Error(`${path}: ${JSON.stringify(error)}`);
    return result.data as Record<string, { id: string; hash: string }> & { orderId: string };
  };
  const shown = await context.request.get(
    `/api/trpc/event.bySlug?input=${encodeURIComponent(JSON.stringify({ slug }))}`,
  );
  const { result } = (await shown.json()) as { result: { data: { id: string } } };
  const eventId = result.data.id;
  const operationId = randomUUID().replaceAll("-", "");
  const items = { seats: [{ seatNo: 100, ticketType: "adult" }], areas: [] };
  const { hold, quote } = await call("hold.create", { eventId, operationId, items });
  const { orderId } = await call("checkout.start", {
    eventId,
    holdId: hold?.id,
    quoteHash: quote?.hash,
    idempotencyKey: randomUUID().replaceAll("-", ""),
    method: "card_ok",
  });
  await page.goto(`/orders/${orderId}`);
  await expect(page.getByRole("heading", { name: "Your ticket is here." })).toBeVisible({ timeout: 20_000 });
  return { page };
}
