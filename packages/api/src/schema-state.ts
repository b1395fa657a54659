import { MIGRATIONS } from "@onsale/db/generated/migrations";
import type { Container } from "./compose/container.ts";

export type SchemaState = { readonly applied: readonly string[]; readonly pending: readonly string[] };

/** Which migrations of this build a database has. */
export async function readSchemaState({ database }: Pick<Container, "database">): Promise<SchemaState> {
  const [table] = await database.sql<
    { found: string | null }[]
  >`SELECT to_regclass('schema_migration')::text AS found`;
  const rows = table?.found
    ? await database.sql<{ name: string }[]>`SELECT name FROM schema_migration ORDER BY name`
    : [];
  const applied = rows.map((row) => row.name);
  const pending = MIGRATIONS.map((migration) => migration.name).filter((name) => !applied.includes(name));
  return { applied, pending };
}
