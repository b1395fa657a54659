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
