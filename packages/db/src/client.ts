import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Sql = postgres.Sql;
export type Database = {
  /** For SQL functions and statements. Pass JSON as `${JSON.stringify(x)}::text::jsonb`: drizzle changes how json is sent. */
  readonly sql: Sql;
  /** For typed reads and plain writes on the same pool. */
  readonly db: PostgresJsDatabase;
  close(): Promise<void>;
};

const POOL_MAX = 10;
const STATEMENT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 3_000;
const CONNECT_TIMEOUT_S = 5;
const CLOSE_TIMEOUT_S = 5;
/** Connections are renewed, so that a pool finds its way to a new primary and server memory does not grow for ever. */
const MAX_LIFETIME_S = 30 * 60;

/**
 * One pool of connections. There is no idle-in-transaction timeout on purpose: the driver can commit half a transaction
 * after the server closed its connection in the middle (docs/reliability.md, F1); with-tx.ts has its own limit instead.
 */
export function makeDatabase(
  url: string,
  options: { poolMax?: number; applicationName?: string; statementTimeoutMs?: number } = {},
): Database {
  const sql = postgres(url, {
    max: options.poolMax ?? POOL_MAX,
    connect_timeout: CONNECT_TIMEOUT_S,
    max_lifetime: MAX_LIFETIME_S,
    onnotice: () => undefined,
    connection: {
      application_name: options.applicationName ?? "onsale",
      statement_timeout: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
    },
  });
  return { sql, db: drizzle(sql), close: () => sql.end({ timeout: CLOSE_TIMEOUT_S }) };
}
