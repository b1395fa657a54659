import type { Container } from "@onsale/api/compose/container";
import { bad, type Check, good, warning } from "./check.ts";
import { judgeSkew } from "./clock-skew.ts";

const VERSION_MIN = 15;

export async function checkPostgres(container: Container): Promise<readonly Check[]> {
  const { sql } = container.database;
  // Opening the connection would count as the way to the clock.
  await sql`SELECT 1`;
  const sentMs = Date.now();
  const [row] = await sql<Settings[]>`
    SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
      current_setting('fsync') AS fsync, current_setting('max_connections')::int AS "maxConnections",
      r.rolname AS role,
      r.rolsuper OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind = 'r')
        OR has_schema_privilege(current_schema(), 'CREATE') AS "mayChangeSchema",
      extract(epoch FROM clock_timestamp())::float8 * 1000 AS "nowMs"
    FROM pg_roles r WHERE r.rolname = current_user`;
  const midMs = (sentMs + Date.now()) / 2;
  if (!row) return [bad("postgres", "no answer", "Look into Postgres' log.")];
  return [
    ...judgePostgres(row, container.config.databasePoolMax),
    judgeSkew("clock.postgres", row.nowMs - midMs),
  ];
}

export type Settings = {
  readonly version: string;
  readonly number: number;
  readonly fsync: string;
  readonly maxConnections: number;
  readonly nowMs: number;
  readonly role: string;
  readonly mayChangeSchema: boolean;
};

export function judgePostgres(row: Settings, poolMax: number): readonly Check[] {
  const { version, number, fsync, maxConnections, role, mayChangeSchema } = row;
  const isNewEnough = number >= VERSION_MIN * 10_000;
  return [
    isNewEnough
      ? good("postgres", `PostgreSQL ${version}`)
      : bad("postgres", `PostgreSQL ${version}`, `Use PostgreSQL ${VERSION_MIN} or later.`),
    fsync === "on"
      ? good("postgres.durable", "fsync on")
      : warning("postgres.durable", "fsync off", "Turn fsync on: without it a power cut loses sold tickets."),
    // Web and worker each open a pool, and somebody must still get in to look.
    maxConnections >= 2 * poolMax + 5
      ? good("postgres.connections", `${maxConnections} allowed, ${poolMax} per process`)
      : warning(
          "postgres.connections",
          `${maxConnections} allowed, ${poolMax} per process`,
          "Raise max_connections or lower DATABASE_POOL_MAX: a web server and a worker need a pool each.",
        ),
    mayChangeSchema
      ? warning(
          "postgres.role",
          `${role} may change the schema`,
          "Give the application a role that owns nothing and migrate with MIGRATION_DATABASE_URL (docs/configuration.md): this one could switch off what guards the audit, and no row security keeps organizations apart for it.",
        )
      : good("postgres.role", `${role} owns nothing`),
  ];
}

/** An empty database lacks every function. */
const PENDING_SHOWN_MAX = 10;

export async function checkSchema(container: Container): Promise<readonly Check[]> {
  const { readSchemaState } = await import("@onsale/api/schema-state");
  const { applied, pending } = await readSchemaState(container);
  if (pending.length === 0) return [good("migrations", `${applied.length} applied`)];
  const some = pending.slice(0, PENDING_SHOWN_MAX).join(", ");
  const rest = pending.length - PENDING_SHOWN_MAX;
  const found = `${applied.length} applied, ${pending.length} to come (${some}${rest > 0 ? `, and ${rest} more` : ""})`;
  return [bad("migrations", found, "Run `ticketctl migrate`.")];
}
