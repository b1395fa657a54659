import type { ClientSigns } from "../actor/call.ts";

/** "d=NAME;w=0": the device's name and the webdriver flag, sent by the page with each call. */
export const CLIENT_HEADER = "x-onsale-client";
const CLIENT = /^d=([A-Za-z0-9_-]{22});w=([01])$/;

const TOOLS =
  /\b(?:curl|wget|python|go-http-client|okhttp|java|libwww|axios|node-fetch|undici|scrapy|httpie|headlesschrome|phantomjs|puppeteer|playwright|selenium)\b/i;

/** `headers` in lower case, as Node gives them. */
export function readClientSigns(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): ClientSigns {
  const text = (name: string) => {
    const value = headers[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const [, device = null, webdriver] = CLIENT.exec(text(CLIENT_HEADER) ?? "") ?? [];
  return {
    userAgent: text("user-agent")?.slice(0, 300) ?? null,
    hasLanguage: text("accept-language") !== null,
    hasFetchMetadata: text("sec-fetch-site") !== null,
    device,
    webdriver: webdriver === "1",
  };
}

export function formatClientHeader(device: string, webdriver: boolean): string {
  return `d=${device};w=${webdriver ? 1 : 0}`;
}

/** No name at all, or that of a tool which no fan browses with. */
export function isToolAgent(userAgent: string | null): boolean {
  return userAgent === null || TOOLS.test(userAgent);
}
