import { createHash } from "node:crypto";
import type postgres from "postgres";
import { PORTAL_GRANTS, PORTAL_SCOPES, type PortalScope } from "./organization/portal-scopes.ts";
import { sqlName } from "./sql-name.ts";

/**
 * As whom the application works for one organization: it sees that organization's rows and no others. Nobody can sign in
 * as this role; guard_portal() takes it on for one transaction.
 */
export const portalOf = (application: string): string => `${application}_portal`;

type Policy = { readonly table: string; readonly role: string; readonly rows: string };
type Place = { readonly application: string; readonly schema: string };

/**
 * What gives the portal's role its rights, and each organization's rows their policies. The application's own role passes
 * row security by a constant, of which nothing is left in its plans.
 */
export async function portalStatements(
  sql: postgres.Sql,
  { application, schema }: Place,
): Promise<readonly string[]> {
  const portal = portalOf(application);
  const at = sqlName(schema);
  const role = sqlName(portal);
  const relations = await sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = ${schema}::regnamespace`;
  const known = new Set(relations.map(({ name }) => name));
  const scopes = PORTAL_SCOPES.filter(({ table }) => known.has(table));
  return [
    `grant usage on schema ${at} to ${role}`,
    `revoke all on all tables in schema ${at} from ${role}`,
    `revoke all on all sequences in schema ${at} from ${role}`,
    ...scopes.flatMap(({ table, verbs, columns }) =>
      verbs.map((verb) => {
        const only = columns ? ` (${columns.map(sqlName).join(", ")})` : "";
        return `grant ${verb}${only} on ${at}.${sqlName(table)} to ${role}`;
      }),
    ),
    ...PORTAL_GRANTS.filter(({ on }) => known.has(on)).map(
      ({ right, on }) => `grant ${right} ${at}.${sqlName(on)} to ${role}`,
    ),
    ...(await missingPolicies(sql, { application, schema, scopes })),
  ];
}

/** Only those that are not there as they should be: making one waits for everybody who uses its table. */
async function missingPolicies(
  sql: postgres.Sql,
  { application, schema, scopes }: Place & { readonly scopes: readonly PortalScope[] },
): Promise<readonly string[]> {
  const found = await sql<{ table: string; policy: string; mark: string | null }[]>`
    select c.relname as table, p.polname as policy, obj_description(p.oid, 'pg_policy') as mark
    from pg_policy p join pg_class c on c.oid = p.polrelid
    where c.relnamespace = ${schema}::regnamespace and c.relrowsecurity`;
  const marks = new Map(found.map(({ table, policy, mark }) => [`${table} ${policy}`, mark]));
  const wanted = scopes.flatMap(({ table, rows }): Policy[] => [
    { table, role: application, rows: "true" },
    { table, role: portalOf(application), rows },
  ]);
  return wanted.flatMap((policy) => {
    const mark = createHash("sha256").update(JSON.stringify(policy)).digest("hex");
    if (marks.get(`${policy.table} ${policy.role}`) === mark) return [];
    const table = `${sqlName(schema)}.${sqlName(policy.table)}`;
    const name = sqlName(policy.role);
    return [
      `alter table ${table} enable row level security`,
      `drop policy if exists ${name} on ${table}`,
      `create policy ${name} on ${table} to ${name} using (${policy.rows}) with check (${policy.rows})`,
      `comment on policy ${name} on ${table} is '${mark}'`,
    ];
  });
}
