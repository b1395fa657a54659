import { CLIENT_HEADER, formatClientHeader } from "@onsale/core/risk/client-signs";

const STORED_AS = "onsale-device";
const NAME = /^[A-Za-z0-9_-]{22}$/;
let name: string | null = null;

/** A random name of this browser, which says nothing about who uses it; without storage it lasts as long as the page. */
function deviceName(): string {
  if (name !== null) return name;
  try {
    const stored = localStorage.getItem(STORED_AS);
    name = stored !== null && NAME.test(stored) ? stored : newName();
    localStorage.setItem(STORED_AS, name);
  } catch {
    name ??= newName();
  }
  return name;
}

function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** On the server nothing is sent: pages are rendered without calls over HTTP. */
export function clientHeader(): Record<string, string> {
  if (typeof window === "undefined") return {};
  return { [CLIENT_HEADER]: formatClientHeader(deviceName(), navigator.webdriver) };
}
