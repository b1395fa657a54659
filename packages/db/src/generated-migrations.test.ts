import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { SQL_OBJECTS } from "./generated/functions.ts";
import { MIGRATIONS } from "./generated/migrations.ts";
import { parseFunctionFile } from "./schema/parse-function-file.ts";

it("the embedded migrations are the reviewed files", () => {
  const folder = join(import.meta.dirname, "../migrations");
  const files = readdirSync(folder).sort();
  expect(MIGRATIONS).toEqual(
    files.map((file) => ({ name: file.slice(0, -4), sql: readFileSync(join(folder, file), "utf8") })),
  );
});

it("the embedded functions and triggers are those of the files, each in one file alone", () => {
  const folder = join(import.meta.dirname, "../functions");
  const files = globSync("*/*.sql", { cwd: folder }).sort();
  expect(SQL_OBJECTS).toEqual(
    files.flatMap((file) => parseFunctionFile(file, readFileSync(join(folder, file), "utf8"))),
  );
  expect(new Set(SQL_OBJECTS.map(({ name }) => name)).size).toBe(SQL_OBJECTS.length);
});
