import { tidyText } from "../shared/human-text.ts";

/**
 * A name inside a mail of ours: one line, and nothing that a mail program would turn into a link or an address. Whoever named
 * an event or themselves does not speak to our fans with our voice. "evil.example" becomes "evil. example".
 */
export function mailWords(name: string): string {
  return tidyText(name)
    .replaceAll(/:(?=\/\/)/g, ": ")
    .replaceAll(/\s*@\s*/g, " (at) ")
    .replaceAll(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}-]*\p{L}{2})/gu, ". ");
}
