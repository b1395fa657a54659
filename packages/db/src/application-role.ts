import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { AppError } from "@onsale/core/shared/errors";
import type postgres from "postgres";
import { portalOf, portalStatements } from "./portal-role.ts";
import { sqlName } from "./sql-name.ts";

/** As which role the application works: it reads and writes rows, owns nothing and changes no schema. */
export type ApplicationRole = { readonly name: string; readonly password: string };

const SCRAM_ROUNDS = 4_096;

/** The role of a connection's URL. */
export function roleOf(url: string): ApplicationRole {
  const { username, password } = new URL(url);
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/** What the server keeps of a password (RFC 5803), so that the password itself reaches neither its log nor its lists. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, SCRAM_ROUNDS, 32, "sha256");
  const keyOf = (name: string) => createHmac("sha256", salted).update(name).digest();
  const stored = createHash("sha256").update(keyOf("Client Key")).digest("base64");
  const server = keyOf("Server Key").toString("base64");
  return `SCRAM-SHA-256$${SCRAM_ROUNDS}:${salt.toString("base64")}$${stored}:${server}`;
}

/**
 * Makes the role where it is missing and leaves one that is there as it is, with its password; and beside it the one as
 * which the application works for one organization, nobody's login, which it may take on.
 */
export async function ensureApplicationRole(
  sql: postgres.Sql,
  { name, password }: ApplicationRole,
): Promise<void> {
  const portal = portalOf(name);
  const found = await sql<
    { name: string }[]
  >`select rolname as name from pg_roles where rolname in (${name}, ${portal})`;
  const missing = [name, portal].filter((role) => !found.some((other) => other.name === role));
  const secret = password === "" ? "" : ` password '${scramVerifier(password)}'`;
  const asLogin = `login${secret}`;
  for (const role of missing) {
    const create = `create role ${sqlName(role)} ${role === name ? asLogin : "nologin"} ${POWERLESS}`;
    // oxlint-disable-next-line no-await-in-loop -- the second one is granted to the first
    await once(sql, { role, statement: create });
  }
  const [member] = await sql`
    select from pg_auth_members m join pg_roles p on p.oid = m.roleid join pg_roles a on a.oid = m.member
    where p.rolname = ${portal} and a.rolname = ${name}`;
  if (member) return;
  const [server] = await sql<
    { number: number }[]
  >`select current_setting('server_version_num')::int as number`;
  // What it takes on, it need not have all the time; before version 16 nobody could say so.
  const how = (server?.number ?? 0) >= 160_000 ? " with inherit false, set true" : "";
  await once(sql, { role: portal, statement: `grant ${sqlName(portal)} to ${sqlName(name)}${how}` });
}

const POWERLESS = "nosuperuser nocreatedb nocreaterole noreplication nobypassrls";

/** Roles belong to the whole server: a migration of another database may do the same in this moment. */
async function once(
  sql: postgres.Sql,
  { role, statement }: { role: string; statement: string },
): Promise<void> {
  await sql
    .unsafe(
      `do $role$ begin
        ${statement};
      exception when duplicate_object or unique_violation then null;
      end $role$`,
    )
    .catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new AppError("database.role_not_made", { role, reason }, { cause });
    });
}

/**
 * Gives the role what the application needs and takes everything else. Of a table whose triggers refuse every UPDATE or
 * DELETE (audit, ledger, price lists) these are not granted either, so that two things would have to be broken to rewrite it.
 */
export async function grantToApplication(sql: postgres.Sql, { name }: ApplicationRole): Promise<void> {
  await refusePowerfulRole(sql, name);
  await refusePowerfulRole(sql, portalOf(name));
  const [place] = await sql<
    { database: string; schema: string }[]
  >`select current_database() as database, current_schema() as schema`;
  if (!place) throw new Error("the server does not say which database this is");
  const tables = await sql<TableRow[]>`
    select c.relname as name,
      coalesce(bool_or(f.proname = 'refuse_change' and t.tgtype & 16 > 0 and t.tgattr = '' and t.tgqual is null), false)
        as "isNeverUpdated",
      coalesce(bool_or(f.proname = 'refuse_change' and t.tgtype & 8 > 0 and t.tgqual is null), false) as "isNeverDeleted"
    from pg_class c
    left join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled <> 'D'
    left join pg_proc f on f.oid = t.tgfoid
    where c.relnamespace = ${place.schema}::regnamespace and c.relkind in ('r', 'p')
    group by c.relname order by c.relname`;
  const portal = await portalStatements(sql, { application: name, schema: place.schema });
  const role = sqlName(name);
  const schema = sqlName(place.schema);
  const database = sqlName(place.database);
  await sql
    .unsafe(
      [
        "begin",
        // A table made for one session would hide the real one of the same name.
        `revoke create, temporary on database ${database} from public, ${role}`,
        `revoke create on schema ${schema} from public, ${role}`,
        `grant connect on database ${database} to ${role}`,
        `grant usage on schema ${schema} to ${role}`,
        `revoke all on all tables in schema ${schema} from ${role}`,
        `revoke all on all sequences in schema ${schema} from ${role}`,
        `grant usage on all sequences in schema ${schema} to ${role}`,
        ...tables.map((table) => `grant ${verbsOf(table)} on ${schema}.${sqlName(table.name)} to ${role}`),
        ...portal,
        "commit",
      ].join(";\n"),
    )
    .simple();
}

type TableRow = { readonly name: string; readonly isNeverUpdated: boolean; readonly isNeverDeleted: boolean };

/** What was applied is history, and written by whoever migrates. */
const HISTORY = new Set(["schema_migration", "schema_object"]);

function verbsOf({ name, isNeverUpdated, isNeverDeleted }: TableRow): string {
  if (HISTORY.has(name)) return "select";
  return [
    "select",
    "insert",
    ...(isNeverUpdated ? [] : ["update"]),
    ...(isNeverDeleted ? [] : ["delete"]),
  ].join(", ");
}

/** A role that was made by others may be able to do more than it was given here. */
async function refusePowerfulRole(sql: postgres.Sql, name: string): Promise<void> {
  const [power] = await sql<{ why: string | null }[]>`
    select case
      when r.rolsuper then 'is a superuser'
      when r.rolcreaterole then 'may make roles'
      when r.rolreplication then 'may replicate'
      when r.rolbypassrls then 'passes by row security'
      when pg_has_role(r.oid, current_user, 'member') then 'may act as ' || current_user
      when exists (select from pg_class where relowner = r.oid) then 'owns tables of this database'
      when pg_has_role(r.oid, d.datdba, 'member') then 'owns the database'
    end as why
    from pg_roles r, pg_database d where r.rolname = ${name} and d.datname = current_database()`;
  if (power?.why) throw new AppError("database.role_too_powerful", { role: name, power: power.why });
}
