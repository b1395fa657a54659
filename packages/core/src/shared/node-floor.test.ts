import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { safeNodeFor } from "./node-floor.ts";

test.each([
  ["v24.21.0", "24.22.1"],
  ["v24.22.0", "24.22.1"],
  ["v24.22.1", null],
  ["24.22.3", null],
  ["v24.23.0", null],
  ["v22.23.3", "22.23.4"],
  ["v22.23.4", null],
  ["v26.12.0", "26.12.1"],
  ["v26.12.1", null],
  ["v28.0.0", null],
  ["v20.20.2", "24.22.1"],
  ["v25.9.0", "24.22.1"],
])("Node %s is safe from what is known, or asks for %s", (version, safe) => {
  expect(safeNodeFor(version)).toBe(safe);
});

test("what the packages and the image bring is above the floor", () => {
  const read = (name: string) => readFileSync(new URL(`../../../../${name}`, import.meta.url), "utf8");
  const brought = [
    ...read("pnpm-workspace.yaml").matchAll(/node-linux-(?:x64|arm64): (\S+)/g),
    ...read("Dockerfile").matchAll(/^FROM node:([\d.]+)-/gm),
  ].map(([, version = ""]) => version);
  expect(brought).toHaveLength(4);
  for (const version of brought)
    expect({ version, below: safeNodeFor(version) }).toEqual({ version, below: null });
});
