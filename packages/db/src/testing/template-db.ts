import { createHash, randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe } from "vitest";
import { type ApplicationRole, ensureApplicationRole, grantToApplication } from "../application-role.ts";
import { type Database, makeDatabase, type Sql } from "../client.ts";
import { migrate, schemaHash } from "../migrate.ts";

/** "tmpl" in ASCII: building the template takes turns. */
const TEMPLATE_LOCK = 0x746d706c;

/** Connected as the application is: as a role that owns nothing. */
export type TestDatabase = Database & {
  readonly url: string;
  /** Who migrated: for what the application cannot do, such as taking a constraint away or making a database. */
  readonly owner: { readonly url: string; readonly sql: Sql };
} & AsyncDisposable;

/** One for all test databases of a server; what it may do is granted in each of them. */
const TEST_ROLE = "onsale_test_application";
const OWNER_POOL_MAX = 4;

/** The server that tests may create databases on; null when there is none. */
export function testServerUrl(): string | null {
  return process.env["TEST_DATABASE_URL"] ?? null;
}

function urlOf(serverUrl: string, database: string, role?: ApplicationRole): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (role) {
    url.username = role.name;
    url.password = role.password;
  }
  return url.href;
}

/** Follows from the server's own password, so that all who test on it agree. */
function testRole(serverUrl: string): ApplicationRole {
  const password = createHash("sha256")
    .update(`${TEST_ROLE} ${new URL(serverUrl).password}`)
    .digest("hex");
  return { name: TEST_ROLE, password };
}

async function onServer<T>(serverUrl: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A migrated database, built once per content of the migrations and functions; a half-built one never gets the template's name. */
async function ensureTemplate(sql: postgres.Sql, serverUrl: string): Promise<string> {
  const template = `onsale_template_${schemaHash().slice(0, 16)}`;
  await sql`select pg_advisory_lock(${TEMPLATE_LOCK})`;
  const [found] = await sql`select from pg_database where datname = ${template}`;
  if (!found) {
    const draft = `onsale_draft_${randomBytes(6).toString("hex")}`;
    await sql`create database ${sql(draft)}`;
    await migrate(urlOf(serverUrl, draft), { application: testRole(serverUrl) });
    await sql`alter database ${sql(draft)} rename to ${sql(template)}`;
  }
  await sql`select pg_advisory_unlock(${TEMPLATE_LOCK})`;
  return template;
}

/** A private, migrated database on TEST_DATABASE_URL's server; dropped when disposed, also with connections left open. */
export async function makeTestDatabase(options: { poolMax?: number } = {}): Promise<TestDatabase> {
  const serverUrl = testServerUrl();
  if (serverUrl === null) throw new Error("set TEST_DATABASE_URL to a Postgres server for integration tests");
  const name = `onsale_test_${randomBytes(6).toString("hex")}`;
  await onServer(serverUrl, async (sql) => {
    const template = await ensureTemplate(sql, serverUrl);
    await sql`create database ${sql(name)} template ${sql(template)}`;
  });
  const role = testRole(serverUrl);
  const ownerUrl = urlOf(serverUrl, name);
  const url = urlOf(serverUrl, name, role);
  await onServer(ownerUrl, async (sql) => {
    await ensureApplicationRole(sql, role);
    await grantToApplication(sql, role);
  });
  const database = makeDatabase(url, { poolMax: options.poolMax ?? 20, applicationName: name });
  const owner = makeDatabase(ownerUrl, { poolMax: OWNER_POOL_MAX, applicationName: `${name}-owner` });
  return {
    ...database,
    url,
    owner: { url: ownerUrl, sql: owner.sql },
    async [Symbol.asyncDispose]() {
      await Promise.all([database.close(), owner.close()]);
      await onServer(serverUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}

/** A describe block with a database of its own; skipped, and saying why, where no server is given. */
export function describeWithDatabase(
  name: string,
  body: (database: () => TestDatabase) => void,
  options: { poolMax?: number } = {},
): void {
  const missing = testServerUrl() === null;
  const title = missing ? `${name} (skipped: set TEST_DATABASE_URL)` : name;
  // oxlint-disable-next-line vitest/valid-title -- it is a string
  describe.skipIf(missing)(title, () => {
    let database: TestDatabase | null = null;
    beforeAll(async () => {
      database = await makeTestDatabase(options);
    });
    afterAll(async () => {
      await database?.[Symbol.asyncDispose]();
    });
    body(() => {
      if (database === null) throw new Error("the database is there only while tests run");
      return database;
    });
  });
}
