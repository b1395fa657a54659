import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { ORGANIZATION_COOKIE } from "../src/features/organization/organization-cookie.ts";
import { ownEvent } from "./own-event.ts";
import { SITE_URL } from "./site.ts";
import { type Organizer, test } from "./test.ts";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

/** What automatic rules find wrong with a page as it stands. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<AxeResults> } };
    return (await axe.run()).violations;
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Everything that is wider than what shows it. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("table, table *")]
      .filter((one) => one instanceof HTMLElement && one.closest(".visually-hidden, thead") === null)
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
      .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  );

for (const [where, viewport] of [
  ["a phone", PHONE],
  ["a desk", DESK],
] as const)
  test(`on ${where} no page of the portal has a fault that a machine can see, and none is cut off`, async ({
    organizer,
  }) => {
    const { page } = organizer;
    const { id } = await ownEvent(organizer);
    await page.setViewportSize(viewport);
    const event = `/admin/events/${id}`;
    for (const path of [
      "/admin",
      "/admin/events",
      "/admin/layouts",
      "/admin/members",
      "/admin/organization",
      "/admin/risk",
      event,
      `${event}/sales`,
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await faultsOf(page), path).toEqual([]);
      expect(await cutOff(page), path).toEqual([]);
    }
  });

/** Two layouts in the organization whose lists are shown first. */
async function twoLayouts(organizer: Organizer): Promise<{ readonly small: string; readonly large: string }> {
  const [shown] = Object.values(await organizer.query("organization.mine", undefined)) as { id: string }[];
  const mark = randomUUID().slice(0, 8);
  const layouts = { small: `Two seats ${mark}`, large: `Three seats ${mark}` };
  for (const [name, seats] of [
    [layouts.small, [1, 2]],
    [layouts.large, [1, 2, 3]],
  ] as const)
    await organizer.mutate("admin.layouts.import", {
      organizationId: shown?.id,
      name,
      text: ["Category,Sector,Row,Number", ...seats.map((seat) => `A,${mark},1,${seat}`)].join("\r\n"),
    });
  return layouts;
}

test("on a phone the rows of a table are cards with the head's words at each value, and their order is chosen", async ({
  organizer,
}) => {
  const { page } = organizer;
  const { small, large } = await twoLayouts(organizer);
  await page.setViewportSize(PHONE);
  await page.goto("/admin/layouts");
  const seats = page.getByRole("row", { name: large }).getByRole("cell", { name: "3", exact: true });
  await expect(seats).toBeVisible();
  const words = await seats.evaluate((cell) => getComputedStyle(cell, "::before").content);
  expect(words).toContain("Seats");
  const isLargeFirst = async () => {
    const names = await page.getByRole("rowheader").allTextContents();
    return names.indexOf(large) < names.indexOf(small);
  };
  await page.getByLabel("Sorted by").selectOption({ label: "Seats, fewest first" });
  await expect.poll(isLargeFirst).toBe(false);
  await page.getByLabel("Sorted by").selectOption({ label: "Seats, most first" });
  await expect.poll(isLargeFirst).toBe(true);
});

test("a head sorts its table by keys too and says which way", async ({ organizer: { page } }) => {
  await page.goto("/admin/layouts");
  const head = page.getByRole("columnheader", { name: "Layout" });
  await expect(head).not.toHaveAttribute("aria-sort");
  await head.locator("a, button").focus();
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await head.locator("a, button").focus();
  await page.keyboard.press("Enter");
  await expect(head).toHaveAttribute("aria-sort", "descending");
});

test("the order of a long list is the server's, stands in its address and is there again after a reload", async ({
  organizer,
}) => {
  const { page } = organizer;
  const mark = randomUUID().slice(0, 8);
  const made = [];
  for (const title of ["Zebra", "apple", "Élan"])
    made.push(await ownEvent(organizer, { title: `${title} ${mark}` }));
  const { event } = await organizer.query("admin.events.get", { idOrSlug: made[0]?.id });
  const { organizationId } = event as { organizationId: string };
  await page.context().addCookies([{ name: ORGANIZATION_COOKIE, value: organizationId, url: SITE_URL }]);
  await page.goto(`/admin/events?q=${mark}`);
  await page.getByRole("columnheader", { name: "Event" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=title&dir=asc/);
  const sorted = ["apple", "Élan", "Zebra"].map((title) => `${title} ${mark}`);
  await expect(page.getByRole("rowheader")).toHaveText(sorted);
  await page.reload();
  await expect(page.getByRole("rowheader")).toHaveText(sorted);
});
