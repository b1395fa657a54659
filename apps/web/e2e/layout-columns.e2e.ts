import { expect } from "@playwright/test";
import { picture } from "./fan.ts";
import { test } from "./test.ts";

const latin1 = (text: string) => Buffer.from(text, "latin1");

test.use({ viewport: { width: 390, height: 844 } });

test("columns of a list are chosen by eye, checked at once, and saved as they were checked", async ({
  organizer: { page },
}) => {
  await page.goto("/admin/layouts/import");
  const list = "Saalplan 2027;;;\nBereich;Bank;Stuhl;Preis\nSüdtribüne;1;007;Gold\nSüdtribüne;1;008;Presse\n";
  await page
    .getByLabel("Seating plan")
    .setInputFiles({ name: "plan.csv", mimeType: "text/csv", buffer: latin1(list) });
  await expect(page.getByText("it was read as Windows-1252 (Latin-1)")).toBeVisible();
  const sample = page.getByRole("table", { name: /^First lines of the file/ });
  await expect(sample.getByRole("columnheader")).toHaveText([
    "BereichSection",
    "Banknot used",
    "Stuhlnot used",
    "Preisnot used",
  ]);
  await expect(page.getByText("The format was not recognised.")).toBeVisible();

  await page.getByRole("combobox", { name: "Row", exact: true }).selectOption({ label: "Bank" });
  await page.getByRole("combobox", { name: "Seat", exact: true }).selectOption({ label: "Stuhl" });
  await page.getByRole("combobox", { name: "Category", exact: true }).selectOption({ label: "Preis" });
  await expect(page.getByText(/is good: 2 seats, 0 standing, 1 section, 1 row, 2 categories/)).toBeVisible();
  await expect(sample.getByRole("columnheader").nth(2)).toHaveText("StuhlSeat");
  await expect(sample.getByRole("cell", { name: "007" })).toBeVisible();
  await page.getByLabel("Presse").check();
  await picture(page, "15-layout-columns");
  // Nothing of the page is wider than the phone: a wide list scrolls in its own region.
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);

  await page.getByRole("button", { name: "Save this layout" }).click();
  await expect(page.getByText(/^Saved: 2 seats/)).toBeVisible();
});

test("a file in an encoding that is none is refused in words, before anything is sent", async ({
  organizer: { page },
}) => {
  await page.goto("/admin/layouts/import");
  const cyrillic = Buffer.from([
    0xd1, 0xe5, 0xea, 0xf2, 0xee, 0xf0, 0x3b, 0xd0, 0xff, 0xe4, 0x3b, 0xcc, 0xe5, 0xf1, 0xf2,
  ]);
  await page
    .getByLabel("Seating plan")
    .setInputFiles({ name: "plan.csv", mimeType: "text/csv", buffer: cyrillic });
  await expect(page.getByText(/Save it as UTF-8 and try again/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Save this layout" })).toBeHidden();
});
