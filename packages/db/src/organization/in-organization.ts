import type { OrganizationId } from "@onsale/core/shared/ids";
import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { Database, Sql } from "../client.ts";
import { retryConflicts } from "../retry.ts";
import { withTx } from "../with-tx.ts";

/**
 * Runs `work` in one transaction that sees and writes rows of this organization alone, whatever its statements ask for:
 * the database decides it, by the policies of portal-scopes.ts. All is of the transaction, so a pool may take its
 * connections back as they are.
 */
export function inOrganization<T>(
  database: Database,
  organization: OrganizationId,
  work: (bound: Database) => Promise<T>,
): Promise<T> {
  return retryConflicts(() =>
    withTx(database, (tx) => work(boundTo({ ...database, organization }, tx)), { organization }),
  );
}

/** A store, and which of its verbs an organization's portal has. */
export type PortalStore<Store extends object> = {
  readonly make: (database: Database) => Store;
  readonly verbs: readonly (keyof Store & string)[];
};

/**
 * A store that does each of these verbs so, and refuses the others. `make` is asked anew for every call, so that nothing which a store remembers
 * goes from one transaction to another.
 */
export function storeInOrganization<Store extends object>(
  { make, verbs }: PortalStore<Store>,
  database: Database,
  organization: OrganizationId,
): Store {
  return new Proxy({} as Store, {
    get:
      (_, verb) =>
      async (...args: readonly unknown[]) => {
        if (!verbs.some((known) => known === verb))
          throw new TypeError(`no verb of portals: ${String(verb)}`);
        return inOrganization(database, organization, async (bound) => {
          const store = make(bound);
          const run: unknown = Reflect.get(store, verb);
          if (typeof run !== "function") throw new TypeError(`a store has no verb ${String(verb)}`);
          return Reflect.apply(run, store, args) as Promise<unknown>;
        });
      },
  });
}

/** The transaction as stores know a database: what they begin in it is a part of it. */
function boundTo({ sql: pool, organization }: Database, tx: postgres.TransactionSql): Database {
  const sql = new Proxy(tx, {
    get(target, key, receiver) {
      if (key === "begin") return target.savepoint.bind(target);
      if (key === "options") return pool.options;
      return Reflect.get(target, key, receiver) as unknown;
    },
  }) as unknown as Sql;
  return { sql, db: drizzle(sql), organization, close: () => Promise.resolve() };
}
