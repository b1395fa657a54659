import { type Browser, devices, expect, type Page } from "@playwright/test";
import { mailTo, newFan, picture, signedUp, signIn, signUpHere } from "./fan.ts";
import { SITE_URL } from "./site.ts";
import { test } from "./test.ts";

test.use({ viewport: { width: 390, height: 844 } });

const cookieOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name === "onsale-session");
const isSignedIn = (page: Page) =>
  expect(page.getByRole("button", { name: /^Sign out / }).first()).toBeVisible();

/** A page of the account's own leads to signing in, as soon as the process has heard that the session is over. */
async function expectSignedOut(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto("/account");
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
}

async function elsewhere(browser: Browser, account: { email: string; password: string }): Promise<Page> {
  const { defaultBrowserType: _type, ...phone } = devices["Pixel 7"];
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await signIn(page, { ...account, next: "/account" });
  return page;
}

test("nothing on the sign-up page tells a known address from a new one; its owner's mail does", async ({
  page,
}) => {
  const fan = newFan();
  await page.goto("/sign-up");
  await signUpHere(page, fan);
  await page.getByRole("button", { name: /^Sign out / }).click();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  const words: string[] = [];
  for (const email of [fan.email, newFan().email]) {
    await page.goto("/sign-up");
    await page.getByLabel("Name").fill(fan.name);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(fan.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { name: "Look into your mail" })).toBeVisible();
    await page.getByLabel("Code from the mail").fill("000000");
    await page.getByRole("button", { name: "Confirm and go on" }).click();
    await expect(page.getByText("That code does not fit.")).toBeVisible();
    words.push((await page.locator("main").innerText()).replaceAll(email, "ADDRESS"));
  }
  expect(words[0]).toBe(words[1]);
  await picture(page, "sign-up-code");
  const mail = await mailTo(page, fan.email, /already/);
  expect(mail.text).not.toMatch(/\d{3} ?\d{3}/);
});

test("signing out ends the session, and no endpoint renews it", async ({ page, playwright, baseURL }) => {
  await signedUp(page);
  await page.goto("/");
  const cookie = await cookieOf(page);
  const thief = await playwright.request.newContext({
    baseURL: baseURL ?? "",
    extraHTTPHeaders: { cookie: `onsale-session=${cookie?.value}` },
  });
  const session = async () =>
    (await (await thief.get("/api/auth/session")).json()) as { user?: unknown } | null;
  expect((await session())?.user).toBeTruthy();
  await page.getByRole("button", { name: /^Sign out / }).click();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  await expect.poll(async () => (await session())?.user ?? null, { timeout: 15_000 }).toBeNull();
  const me = (await (await thief.get("/api/trpc/account.me")).json()) as { result: { data: unknown } };
  expect(me.result.data).toBeNull();
});

test("the sign-in machinery keeps a way back that is a page of this site's address, and takes it again", async ({
  playwright,
}) => {
  const api = await playwright.request.newContext({ baseURL: SITE_URL });
  const { csrfToken } = (await (await api.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const { cookies } = await api.storageState();
  const kept = cookies.find(({ name }) => name.endsWith("authjs.callback-url"));
  expect(decodeURIComponent(kept?.value ?? "")).toBe(new URL(SITE_URL).origin);
  const answer = await api.post("/api/auth/callback/credentials", {
    form: { csrfToken, email: "nobody@fans.example", password: "no-such-password" },
    headers: { origin: new URL(SITE_URL).origin, "sec-fetch-site": "same-origin" },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(302);
  expect(answer.headers()["location"]).toMatch(/^(\/|http:\/\/127\.0\.0\.1:\d+\/)sign-in\?error=/);
  await api.dispose();
});

test("the account page lists where it is signed in, and ends one session or all", async ({
  page,
  browser,
}) => {
  const fan = await signedUp(page);
  const phone = await elsewhere(browser, fan);
  await page.goto("/account");
  await expect(page.getByText("Chrome on Android")).toBeVisible();
  await picture(page, "account");
  await page.getByRole("button", { name: /^Sign out Chrome on Android/ }).click();
  await expect(page.getByText("Chrome on Android")).toHaveCount(0);
  await expectSignedOut(phone);

  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await phone.context().close();
});

test("a password is changed, and set anew by a link from the mail", async ({ page, browser }) => {
  const fan = await signedUp(page);
  const phone = await elsewhere(browser, fan);
  await page.goto("/account");
  await page.getByLabel("Present password").fill(fan.password);
  await page.getByLabel("New password").fill("password123");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("one of the first that strangers try")).toBeVisible();
  await page.getByLabel("New password").fill("a seat in the balcony");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await isSignedIn(page);
  await expectSignedOut(phone);

  await phone.getByRole("link", { name: "Set a new one" }).click();
  await expect(phone.getByRole("heading", { name: "Set a new password" })).toBeVisible();
  await phone.getByLabel("E-mail").fill(fan.email);
  await phone.getByRole("button", { name: "Send the link" }).click();
  await expect(phone.getByText("Look into your mail.")).toBeVisible();
  const { text } = await mailTo(page, fan.email, /Set a new/);
  // Put into the address of the page that is open, as on a phone: a step within it.
  await phone.goto(/http\S+#token=\S+/.exec(text)?.[0] ?? "");
  await phone.getByLabel("New password").fill("a seat in the gallery");
  await phone.getByRole("button", { name: "Set the password" }).click();
  await expect(phone.getByText("Your password is set.")).toBeVisible();
  await expectSignedOut(page);
  await signIn(page, { email: fan.email, password: "a seat in the gallery", next: "/account" });
  await isSignedIn(page);
  await phone.context().close();
});

test("after many wrong passwords the owner still gets in, by a check that the browser does itself", async ({
  page,
  browser,
}) => {
  const fan = await signedUp(page);
  const context = await browser.newContext();
  const stranger = await context.newPage();
  await stranger.goto("/sign-in?next=/account");
  for (let n = 0; n < 6; n++) {
    await stranger.getByLabel("E-mail").fill(fan.email);
    await stranger.getByLabel("Password").fill("a wrong password");
    await stranger.getByRole("button", { name: "Sign in" }).click();
    await expect(stranger.getByRole("button", { name: "Sign in" })).toBeEnabled();
    await expect(stranger.getByText("do not match")).toBeVisible();
  }
  await stranger.getByLabel("Password").fill(fan.password);
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger).toHaveURL("/account");
  await context.close();
});

test("what is wrong with a new account is said no longer than it is wrong", async ({ page }) => {
  const fan = newFan();
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  const noAddress = page.getByText("This is not an e-mail address.");
  const tooShort = page.getByText("Use at least 10 characters.");
  await expect(noAddress).toBeVisible();
  await expect(tooShort).toBeVisible();
  await page.getByLabel("E-mail").fill(fan.email);
  await expect(noAddress).toHaveCount(0);
  await expect(tooShort).toBeVisible();
  await page.getByLabel("Name").fill(fan.name);
  await page.getByLabel("Password").fill("password1234");
  await expect(tooShort).toHaveCount(0);
  await page.getByRole("button", { name: "Create account" }).click();
  // Only the server knows which passwords very many people have.
  const refused = page.getByLabel("Password");
  await expect(refused).toHaveAttribute("aria-invalid", "true");
  await refused.fill(fan.password);
  await expect(refused).not.toHaveAttribute("aria-invalid");
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
});
