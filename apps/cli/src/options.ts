import { InvalidArgumentError } from "commander";

/** "section=Block,seat=Nr" as a record; commander shows the words when it is not. */
export function parseColumns(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const columns: Record<string, string> = { ...before };
  for (const pair of text.split(",")) {
    const at = pair.indexOf("=");
    const field = pair.slice(0, at).trim();
    const header = pair.slice(at + 1).trim();
    if (at < 1 || field === "" || header === "") {
      throw new InvalidArgumentError(`"${pair}" is no pair such as section=Block.`);
    }
    columns[field] = header;
  }
  return columns;
}

export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

/** A whole number in a range; commander shows the words when it is none. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}
