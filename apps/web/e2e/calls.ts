import type { APIRequestContext } from "@playwright/test";
import { SITE_URL } from "./site.ts";

type Answer = { result?: { data: unknown }; error?: { message: string } };
export type Answered = Record<string, unknown>;

const ORIGIN = new URL(SITE_URL).origin;

/** What a fan's browser tells of itself: the API doubts calls that come without. */
const BROWSER_HEADERS = {
  origin: ORIGIN,
  "user-agent":
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36",
  "accept-language": "en-GB",
  "sec-fetch-site": "same-origin",
  "x-onsale-client": "d=AAAAAAAAAAAAAAAAAAAAAA;w=0",
};

async function read(path: string, response: { json: () => Promise<unknown> }): Promise<Answered> {
  const { result, error } = (await response.json()) as Answer;
  if (!result) throw new Error(`${path}: ${error?.message ?? "no answer"}`);
  return result.data as Answered;
}

/** Asks a procedure of the API with the cookies of one browser. */
export async function ask(request: APIRequestContext, path: string, input: unknown): Promise<Answered> {
  const query = encodeURIComponent(JSON.stringify(input));
  return read(path, await request.get(`${SITE_URL}/api/trpc/${path}?input=${query}`));
}

/** Has a procedure of the API change something, with the cookies of one browser. */
export async function tell(request: APIRequestContext, path: string, input: unknown): Promise<Answered> {
  return read(
    path,
    await request.post(`${SITE_URL}/api/trpc/${path}`, { data: input, headers: BROWSER_HEADERS }),
  );
}

type Cookie = { readonly name: string; readonly value: string; readonly url: string };

const cookiesOf = (response: Response): Cookie[] =>
  response.headers.getSetCookie().map((line) => {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    return { name, value, url: SITE_URL };
  });

/** What a browser has kept after the form of signing in, for tests in which the form is not what is tried. */
export async function signInCookies(account: {
  readonly email: string;
  readonly password: string;
}): Promise<readonly Cookie[]> {
  const asked = await fetch(`${SITE_URL}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const token = cookiesOf(asked).find(({ name }) => name.endsWith("csrf-token"));
  const answer = await fetch(`${SITE_URL}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { ...BROWSER_HEADERS, cookie: `${token?.name}=${token?.value}` },
    body: new URLSearchParams({ csrfToken, email: account.email, password: account.password }),
  });
  // Its own about where to go after are not what the form leaves.
  const kept = cookiesOf(answer).filter(({ name }) => name.startsWith("onsale-"));
  if (!kept.some(({ name }) => name === "onsale-session"))
    throw new Error(`${account.email} could not be signed in: ${answer.status} ${await answer.text()}`);
  return kept;
}
