import { type SQL, sql as raw } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Database, Sql } from "../client.ts";

type Scoped = Pick<Database, "organization">;
type Piece = string | ReturnType<Sql>;

/**
 * What a statement that reads for an organization's portal says beside its own condition, so that it answers of that
 * organization alone also where no row security binds the role. Of a database that works for none it is nothing at all: the
 * statements of a sale are the same as without.
 */
export function scopeOf({ sql, organization }: Scoped & Pick<Database, "sql">) {
  const isOpen = organization === null;
  return {
    /** By an event's id, or by a column with one: its name as a fragment. */
    andEvent: (event: Piece) => (isOpen ? sql`` : sql`and event_in_scope(${event})`),
    andOrganization: (id: Piece) => (isOpen ? sql`` : sql`and organization_in_scope(${id})`),
  };
}

/** The same for and() of drizzle. */
export const ofEvent = ({ organization }: Scoped, event: PgColumn): SQL | undefined =>
  organization === null ? undefined : raw`event_in_scope(${event})`;
export const ofOrganization = ({ organization }: Scoped, id: PgColumn): SQL | undefined =>
  organization === null ? undefined : raw`organization_in_scope(${id})`;
