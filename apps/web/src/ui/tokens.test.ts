import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
const [light = "", dark = ""] = read("./tokens.css").split("@media (prefers-color-scheme: dark)");
const tokensOf = (css: string) =>
  Object.fromEntries([...css.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]));
const themes = { light: tokensOf(light), dark: { ...tokensOf(light), ...tokensOf(dark) } };

/** Ink and what it is written on. */
const PAIRS = [
  ...["--paper", "--paper-raised", "--paper-sunk"].flatMap((ground) =>
    ["--ink", "--ink-soft", "--ink-faint", "--signal-text"].map((ink) => [ink, ground] as const),
  ),
  ...["--go", "--wait", "--stop"].flatMap((ink) => [
    [ink, `${ink}-wash`] as const,
    [ink, "--paper"] as const,
  ]),
  ["--on-signal", "--signal"],
  ["--on-signal", "--signal-pressed"],
] as const;

/** As WCAG 2 has it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(ink: string, ground: string): number {
  const [low = 0, high = 0] = [luminance(ink), luminance(ground)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  it.each(PAIRS)("is legible: %s on %s", (ink, ground) => {
    const colours = themes[theme];
    expect(contrast(colours[ink] ?? "", colours[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  it("gives the browser's own bar the colour of the paper", () => {
    const media = `(prefers-color-scheme: ${theme})", color: "${themes[theme]["--paper"]}"`;
    expect(read("../app/layout.tsx")).toContain(media);
  });
});
