import { escapeText } from "./svg.ts";

type Entry = readonly [key: "p50" | "p95" | "p99" | "holds" | "bad", words: string];

/** What each colour of a chart stands for. A swatch and its words stay together when the line breaks. */
export function legend(entries: readonly Entry[]): string {
  const items = entries.map(
    ([key, words]) =>
      `<span class="entry"><i class="key ${key}"></i><span>${escapeText(words)}</span></span>`,
  );
  return `<p class="soft legend">${items.join(" ")}</p>`;
}
