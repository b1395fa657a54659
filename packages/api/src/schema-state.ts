import { SQL_OBJECTS } from "@onsale/db/generated/functions";
import { MIGRATIONS } from "@onsale/db/generated/migrations";
import { type AppliedObject, planObjects } from "@onsale/db/schema/plan-objects";
import type { Database } from "@onsale/db/client";

export type SchemaState = { readonly applied: readonly string[]; readonly pending: readonly string[] };

/** Which migrations of this build a database has, and what is to come: migrations, functions and triggers. */
export async function readSchemaState({ database }: { database: Database }): Promise<SchemaState> {
  const [table] = await database.sql<{ found: string | null }[]>`
    SELECT to_regclass('schema_object')::text AS found`;
  const rows = table?.found
    ? await database.sql<{ name: string }[]>`SELECT name FROM schema_migration ORDER BY name`
    : [];
  const objects = table?.found
    ? await database.sql<AppliedObject[]>`SELECT name, sha256, signature FROM schema_object`
    : [];
  const applied = rows.map((row) => row.name);
  const missing = MIGRATIONS.map((migration) => migration.name).filter((name) => !applied.includes(name));
  const { changed, forget } = planObjects(objects, SQL_OBJECTS, { migrated: false });
  return { applied, pending: [...missing, ...changed, ...forget] };
}
