import { auditName, system, SYSTEM_PARTS } from "@onsale/core/actor/actor";
import { expect, test } from "vitest";
import { SQL_OBJECTS } from "../generated/functions.ts";

/** Names that functions write by themselves; others are handed to them. */
const written = SQL_OBJECTS.flatMap(({ name, sql }) =>
  [...sql.matchAll(/audit_append\([^,]+, '([^']*)'/g)].map(([, actor = ""]) => ({ name, actor })),
);

test("what Postgres does by itself is audited as the part of Onsale that asked for it", () => {
  expect(written.map(({ name }) => name)).toContain("FUNCTION commit_orders");
  const names: string[] = SYSTEM_PARTS.map((part) => auditName(system(part)));
  expect(written.filter(({ actor }) => !names.includes(actor))).toEqual([]);
});
