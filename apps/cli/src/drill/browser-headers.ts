import { randomBytes } from "node:crypto";
import { CLIENT_HEADER, formatClientHeader } from "@onsale/core/risk/client-signs";

const AGENTS = [
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0",
];
const DEVICE_BYTES = 16;

/** What a browser of its own device sends with every request; the server reads signs of machines into what is missing. */
export function browserHeaders(no: number): Record<string, string> {
  return {
    "user-agent": AGENTS[no % AGENTS.length] ?? "",
    "accept-language": "en",
    "sec-fetch-site": "same-origin",
    [CLIENT_HEADER]: formatClientHeader(randomBytes(DEVICE_BYTES).toString("base64url"), false),
  };
}
