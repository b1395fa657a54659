/** Writes schema.txt and contract.txt anew from a database made for it on TEST_DATABASE_URL's server. */
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeDatabase } from "../src/client.ts";
import { CONTRACT } from "../src/generated/functions.ts";
import { migrate } from "../src/migrate.ts";
import { portalOf } from "../src/portal-role.ts";
import { contractText, parseContract, whyNewNumber } from "../src/schema/contract.ts";
import { readContract, readSchema } from "../src/schema/read-schema.ts";

const file = (name: string) => join(dirname(import.meta.dirname), name);
const server = process.env["TEST_DATABASE_URL"];
if (server === undefined) throw new Error("set TEST_DATABASE_URL to a Postgres server");
const url = new URL(server);
const name = `onsale_schema_${randomBytes(6).toString("hex")}`;
/** Policies are made with what it is granted. */
const application = { name, password: "" };
const admin = makeDatabase(server, { poolMax: 1 });
await admin.sql`create database ${admin.sql(name)}`;
try {
  url.pathname = `/${name}`;
  await migrate(url.href, { application });
  const own = makeDatabase(url.href, { poolMax: 1 });
  const contract = { number: CONTRACT, lines: await readContract(own.sql) };
  const why = whyNewNumber(parseContract(readFileSync(file("contract.txt"), "utf8")), contract);
  if (why !== null) throw new Error(why);
  const schema = await readSchema(own.sql);
  writeFileSync(file("contract.txt"), contractText(contract));
  writeFileSync(file("schema.txt"), schema);
  await own.close();
} finally {
  await admin.sql`drop database ${admin.sql(name)} with (force)`;
  for (const role of [portalOf(name), name]) await admin.sql`drop role if exists ${admin.sql(role)}`;
  await admin.close();
}
