import { expect, it } from "vitest";
import { parseFunctionFile } from "./parse-function-file.ts";

const BODY = "LANGUAGE plpgsql AS $$\nBEGIN\n  -- it's; 'odd'\n  RETURN ';';\nEND $$;";

it("a file is its function with what it takes and gives, and the triggers that run it", () => {
  const text = `-- Says; it's all.
CREATE OR REPLACE FUNCTION one(
  a integer, b numeric(1, 2)) RETURNS text ${BODY}
`;
  expect(parseFunctionFile("x/one.sql", text)).toEqual([
    {
      name: "FUNCTION one",
      signature: "( a integer, b numeric(1, 2)) RETURNS text",
      sql: text.slice(text.indexOf("CREATE")).trim(),
    },
  ]);
  const trigger = `CREATE TRIGGER a_t BEFORE UPDATE OF b ON a FOR EACH ROW WHEN (new.b <> 'x;')\n  EXECUTE FUNCTION t();`;
  const late = `CREATE CONSTRAINT TRIGGER b_t AFTER INSERT ON b\n  DEFERRABLE FOR EACH ROW EXECUTE FUNCTION t();`;
  const objects = parseFunctionFile(
    "x/t.sql",
    `CREATE OR REPLACE FUNCTION t() RETURNS trigger ${BODY}\n-- Why.\n${trigger}\n${late}`,
  );
  expect(objects.map(({ name }) => name)).toEqual(["FUNCTION t", "TRIGGER a_t ON a", "TRIGGER b_t ON b"]);
  expect(objects.map(({ sql }) => sql).slice(1)).toEqual([trigger, late]);
});

it.each([
  ["another name than the file", "CREATE OR REPLACE FUNCTION other() RETURNS text " + BODY],
  ["a function that an older one would stop", "CREATE FUNCTION one() RETURNS text " + BODY],
  ["two functions", `CREATE OR REPLACE FUNCTION one() RETURNS text ${BODY}\n`.repeat(2)],
  ["a table", `CREATE OR REPLACE FUNCTION one() RETURNS text ${BODY}\nCREATE TABLE a (n integer);`],
  ["nothing", "-- words"],
])("refuses %s", (_, text) => {
  expect(() => parseFunctionFile("x/one.sql", text)).toThrow("functions/x/one.sql: ");
});
