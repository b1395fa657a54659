import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CONTRACT } from "../generated/functions.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { contractText, parseContract, whyNewNumber } from "./contract.ts";
import { readContract, readSchema } from "./read-schema.ts";

const written = (file: string) => readFileSync(join(import.meta.dirname, "../..", file), "utf8");
describeWithDatabase("the schema", (database) => {
  it("is the one that schema.txt shows", async () => {
    // Where it is not: look at what changed, then run `pnpm schema`.
    expect(await readSchema(database().owner.sql)).toBe(written("schema.txt"));
  });

  it("has another contract number than before where a signature or a type is not as it was", async () => {
    const now = { number: CONTRACT, lines: await readContract(database().owner.sql) };
    expect(whyNewNumber(parseContract(written("contract.txt")), now)).toBeNull();
    expect(contractText(now)).toBe(written("contract.txt"));
  });
});

describeWithDatabase("the snapshot of a schema", (database) => {
  it.each([
    ["alter table venue add column x integer", "  x integer"],
    ["alter table venue alter column city drop not null", "  city text\n"],
    ["alter table venue add constraint venue_x check (city <> '')", "  constraint venue_x CHECK"],
    ["create index venue_x on venue (city)", "  CREATE INDEX venue_x ON venue (city)"],
    [
      "create trigger venue_x before delete on venue for each row execute function refuse_change()",
      "  CREATE TRIGGER venue_x",
    ],
    ["alter table session enable row level security", "table session, row security"],
    ["create policy venue_x on venue using (city <> '')", "  policy venue_x"],
    ["create sequence x_seq", "sequence x_seq"],
    ["create type x as enum ('a', 'b')", "type x a, b"],
    ["create function x(a integer) returns void language sql as ''", "function x(a integer) returns void"],
    ["create view x as select 1 as n", "view x"],
  ])("sees: %s", async (change, shown) => {
    const { sql } = database().owner;
    const before = await readSchema(sql);
    const after = await sql
      .begin(async (tx) => {
        await tx.unsafe(change);
        throw new Rollback(await readSchema(tx as unknown as typeof sql));
      })
      .catch((error: unknown) => (error instanceof Rollback ? error.schema : Promise.reject(error)));
    expect(before).not.toContain(shown);
    expect(after).toContain(shown);
  });
});

class Rollback extends Error {
  readonly schema: string;
  constructor(schema: string) {
    super("seen");
    this.schema = schema;
  }
}
