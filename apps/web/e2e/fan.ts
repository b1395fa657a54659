import { randomUUID } from "node:crypto";
import path from "node:path";
import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { signInCookies, tell } from "./calls.ts";

const SCREENSHOTS = path.resolve(import.meta.dirname, "../../../docs/screenshots");

/** Keeps a picture for the documentation when SCREENSHOTS=1; otherwise does nothing. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env["SCREENSHOTS"] !== "1") return;
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: "disabled" });
}

export type NewFan = { readonly name: string; readonly email: string; readonly password: string };

export function newFan(name = "Nora Newcomer"): NewFan {
  return {
    name,
    email: `fan-${randomUUID()}@onsale.example`,
    password: "a seat in the stalls",
  };
}

type SandboxMail = { readonly subject: string; readonly text: string };

/** The newest mail to this address whose subject fits, from the mailbox of a machine without a mail server. */
export async function mailTo(page: Page, to: string, subject: RegExp): Promise<SandboxMail> {
  let found: SandboxMail | undefined;
  const find = async () => {
    const answer = await page.request.get(`/sandbox/mail?to=${encodeURIComponent(to)}`, {
      headers: { accept: "application/json" },
    });
    // A server under load may have no time for it now.
    if (!answer.ok()) return null;
    const mails = (await answer.json()) as SandboxMail[];
    return (found = mails.find((mail) => subject.test(mail.subject))) ?? null;
  };
  await expect.poll(find, { intervals: [100], message: `a mail to ${to}` }).not.toBeNull();
  if (!found) throw new Error("it was there a moment ago");
  return found;
}

/** Fills the sign-up page that is open, enters the code of its mail and waits until it leads on. */
export async function signUpHere(page: Page, fan: NewFan): Promise<void> {
  await page.getByLabel("Name").fill(fan.name);
  await page.getByLabel("E-mail").fill(fan.email);
  await page.getByLabel("Password").fill(fan.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Look into your mail" })).toBeVisible();
  const { subject } = await mailTo(page, fan.email, /is your Onsale code/);
  await page.getByLabel("Code from the mail").fill(subject.slice(0, 7));
  await page.getByRole("button", { name: "Confirm and go on" }).click();
  await expect(page.getByRole("button", { name: /^Sign out/ })).toBeVisible();
}

export async function signIn(
  page: Page,
  account: { email: string; password: string; next: string },
): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(account.next)}`);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(account.next);
}

/** Makes an account and signs the browser in to it by the calls of the pages; for tests of what comes after. */
export async function signedUp(page: Page, fan: NewFan = newFan()): Promise<NewFan> {
  const { signUpId } = await tell(page.request, "account.signUp", fan);
  const { subject } = await mailTo(page, fan.email, /is your Onsale code/);
  await tell(page.request, "account.completeSignUp", { signUpId, code: subject.slice(0, 7) });
  await page.context().addCookies(await signInCookies(fan));
  return fan;
}

export type FanPage = { readonly page: Page; readonly context: BrowserContext; readonly email: string };

/** A fan with an account of their own, in a browser of their own. */
export async function signedInFan(browser: Browser, name: string): Promise<FanPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const { email } = await signedUp(page, newFan(name));
  return { page, context, email };
}

/** An event of the demo's, to look at: what is bought or changed is an ownEvent. */
export async function openDemoEvent(page: Page): Promise<void> {
  await page.goto("/events/the-glass-orchard");
}

/** The seats of an event, with what is left of them. */
export async function openSeats(page: Page, { slug }: { readonly slug: string }): Promise<void> {
  await page.goto(`/events/${slug}/seats`);
  await waitForMap(page);
}

/** The map with its stock: a price level that says how many are left, which it does not before the first snapshot. */
export async function waitForMap(page: Page): Promise<void> {
  await expect(
    page
      .getByRole("group", { name: "Price levels: show only" })
      .getByText(/\d left/)
      .first(),
  ).toBeVisible();
}

/** Looks over the map with the mouse until a card beside a seat shows a price, as a fan does; returns where that was. */
export async function findFreeSeat(
  page: Page,
  from: { x: number; y: number },
): Promise<{ x: number; y: number }> {
  const map = page.getByRole("img", { name: /^Seat map/ });
  const box = await map.boundingBox();
  if (!box) throw new Error("the map is not on the page");
  for (let y = box.y + box.height * from.y; y < box.y + box.height * 0.95; y += 9) {
    for (let x = box.x + box.width * from.x; x < box.x + box.width * 0.9; x += 9) {
      await page.mouse.move(x, y);
      const card = page.getByTestId("seat-card");
      if ((await card.count()) === 0) continue;
      const words = await card.innerText();
      if (/\d\.\d\d [A-Z]{3}/.test(words) && !/Wheelchair|companion|Yours/.test(words)) return { x, y };
    }
  }
  throw new Error("no free seat was found on the map");
}

/** Holds what is chosen; where the page asks not to leave a single seat, takes the seats it proposes. */
export async function holdSelection(page: Page): Promise<void> {
  const hold = page.getByRole("button", { name: /^Hold 2 seats$/ });
  await hold.click();
  const change = page.getByRole("button", { name: "Change my seats like that" });
  const checkout = page.getByRole("heading", { name: "Pay for your seats" });
  await expect(change.or(checkout).or(page.getByRole("heading", { name: "Sign in" }))).toBeVisible();
  if (await change.isVisible()) {
    await change.click();
    await hold.click();
  }
}

export async function expectTickets(page: Page, count: number): Promise<void> {
  await expect(page.getByRole("heading", { name: /Your tickets? (is|are) here/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Code of/ })).toHaveCount(count);
}
