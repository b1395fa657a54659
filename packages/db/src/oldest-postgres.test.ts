import { expect, it } from "vitest";
import { SQL_OBJECTS } from "./generated/functions.ts";
import { MIGRATIONS } from "./generated/migrations.ts";

/** What PostgreSQL 15, the oldest that docs/configuration.md promises, does not read: [what, since which version]. */
const TOO_NEW: readonly (readonly [RegExp, string])[] = [
  [/\b0[xob][0-9a-f]+\b/i, "number with a base (16)"],
  [/\b\d+_\d/, "number with underscores (16)"],
  [/\bIS\s+(?:NOT\s+)?JSON\b/i, "IS JSON (16)"],
  [
    /\b(?:any_value|random_normal|array_shuffle|array_sample|json_array|json_arrayagg|pg_input_is_valid)\s*\(/i,
    "function (16)",
  ],
  [/\b(?:json_table|json_exists|json_query|json_value|merge_action|to_bin|to_oct)\s*\(/i, "function (17)"],
  [/\b(?:uuidv7|uuidv4|array_sort|casefold|crc32c?)\s*\(/i, "function (17 or 18)"],
  [/\bRETURNING\b[^;]*\b(?:old|new)\s*\./i, "old and new in RETURNING (18)"],
  [/\bWITHOUT\s+OVERLAPS\b|\bNOT\s+ENFORCED\b|\)\s*VIRTUAL\b/i, "table definition (18)"],
];

/** Comments and texts may say anything; line breaks stay, for the line's number. */
function codeOf(sql: string): string {
  return sql.replace(/--[^\n]*|'(?:[^']|'')*'/g, (skipped) => skipped.replace(/[^\n]/g, " "));
}

function tooNewFor15(sql: string): string[] {
  const code = codeOf(sql);
  return TOO_NEW.flatMap(([pattern, what]) => {
    const at = code.search(pattern);
    return at < 0 ? [] : [`line ${code.slice(0, at).split("\n").length}: ${what}`];
  });
}

it.each([...MIGRATIONS, ...SQL_OBJECTS])(
  "$name is read by the oldest PostgreSQL that is promised",
  ({ sql }) => {
    expect(tooNewFor15(sql)).toEqual([]);
  },
);

it("sees what only later versions read, and nothing in comments and texts", () => {
  expect(tooNewFor15("select 1;\nselect f(0x6c69, v_no);")).toEqual(["line 2: number with a base (16)"]);
  expect(tooNewFor15("insert into a (n) values (1) returning old.n;")).toHaveLength(1);
  expect(tooNewFor15("select 1_000")).toHaveLength(1);
  expect(tooNewFor15("-- 0x10\nselect '0x10 1_000', col_1, '\\x00'::bytea")).toEqual([]);
});
