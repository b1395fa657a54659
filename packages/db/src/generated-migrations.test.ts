import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { MIGRATIONS } from "./generated/migrations.ts";

it("the embedded migrations are the reviewed files", () => {
  const folder = join(import.meta.dirname, "../migrations");
  const files = readdirSync(folder).sort();
  expect(MIGRATIONS).toEqual(
    files.map((file) => ({ name: file.slice(0, -4), sql: readFileSync(join(folder, file), "utf8") })),
  );
});
