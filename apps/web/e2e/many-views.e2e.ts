import { expect } from "@playwright/test";
import { newFan, signedUp } from "./fan.ts";
import { test } from "./test.ts";

const EVENT = "/events/the-glass-orchard";
/** Asked for at once, as a crowd behind one address does. */
const AT_ONCE = 60;
const ROUNDS = 5;
/** Each reads three times what is the fan's own: together more than an account may ask the API for in a minute. */
const PAGE = "/tickets";

test("a fan who is signed in is shown every page in full, however many they and others at their address ask for", async ({
  page,
  browser,
  extraHTTPHeaders,
}) => {
  const fan = await signedUp(page);
  const look = async (request: typeof page.request, path: string) => {
    const answer = await request.get(path);
    const text = await answer.text();
    return { status: answer.status(), isWhole: text.trimEnd().endsWith("</html>"), text };
  };
  const shown = await look(page.request, PAGE);
  expect(shown).toMatchObject({ status: 200, isWhole: true });
  const heading = /<h1[^>]*>.*?<\/h1>/s.exec(shown.text)?.[0] ?? "there is no heading";
  let refused = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const views = await Promise.all(Array.from({ length: AT_ONCE }, () => look(page.request, PAGE)));
    refused += views.filter(
      ({ status, isWhole, text }) => status !== 200 || !isWhole || !text.includes(heading),
    ).length;
  }
  expect(refused).toBe(0);
  const account = await look(page.request, "/account");
  expect(account.text).toContain(fan.email);
  const neighbours = await browser.newContext({ extraHTTPHeaders: extraHTTPHeaders ?? {} });
  const other = await signedUp(await neighbours.newPage(), newFan("Nadia Neighbour"));
  expect((await look(neighbours.request, "/account")).text).toContain(other.email);
  expect(await look(neighbours.request, EVENT)).toMatchObject({ status: 200, isWhole: true });
  await neighbours.close();
});
