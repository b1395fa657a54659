import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { OrganizationId } from "@onsale/core/shared/ids";
import postgres from "postgres";
import { CONTRACT } from "./generated/functions.ts";

export type Sql = postgres.Sql;
export type Database = {
  /** For SQL functions and statements. Pass JSON as `${JSON.stringify(x)}::text::jsonb`: drizzle changes how json is sent. */
  readonly sql: Sql;
  /** For typed reads and plain writes on the same pool. */
  readonly db: PostgresJsDatabase;
  /** For which alone its statements work (organization/in-organization.ts); null: for all of them. */
  readonly organization: OrganizationId | null;
  close(): Promise<void>;
};

const POOL_MAX = 10;
const STATEMENT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 3_000;
const CONNECT_TIMEOUT_S = 5;
/** The server ends a statement by itself; one that says nothing for so much longer is stopped or cut off. */
const SILENCE_GRACE_MS = 3_000;
/** Whoever asked has been answered by then. What still waited for a connection must not run when the server is back. */
const WAIT_TIMEOUT_S = 8;
const RECONNECT_S_MAX = 1;
const CLOSE_TIMEOUT_S = 5;
/** Connections are renewed, so that a pool finds its way to a new primary and server memory does not grow for ever. */
const MAX_LIFETIME_S = 30 * 60;

/** The server keeps so many bytes of a connection's name. */
const NAME_BYTES_MAX = 63;

/** Says who connects, and the contract by which it works: guard_tx() refuses the writes of another version. */
export function applicationName(name: string): string {
  const contract = ` contract=${CONTRACT}`;
  return name.slice(0, NAME_BYTES_MAX - contract.length) + contract;
}

/**
 * One pool of connections. There is no idle-in-transaction timeout on purpose: the driver can commit half a transaction
 * after the server closed its connection in the middle (docs/reliability.md, F1); with-tx.ts has its own limit instead.
 */
export function makeDatabase(
  url: string,
  options: { poolMax?: number; applicationName?: string; statementTimeoutMs?: number } = {},
): Database {
  const statementTimeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  const sql = postgres(url, {
    max: options.poolMax ?? POOL_MAX,
    connect_timeout: CONNECT_TIMEOUT_S,
    silence_timeout: (statementTimeoutMs + SILENCE_GRACE_MS) / 1_000,
    wait_timeout: WAIT_TIMEOUT_S,
    backoff: (failures) => Math.min(RECONNECT_S_MAX, 0.02 * 2 ** failures),
    max_lifetime: MAX_LIFETIME_S,
    onnotice: () => undefined,
    connection: {
      application_name: applicationName(options.applicationName ?? "onsale"),
      statement_timeout: statementTimeoutMs,
      lock_timeout: LOCK_TIMEOUT_MS,
    },
  });
  return { sql, db: drizzle(sql), organization: null, close: () => sql.end({ timeout: CLOSE_TIMEOUT_S }) };
}
