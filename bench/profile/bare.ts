import path from "node:path";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { anyFreePort } from "../../scripts/services/free-port.ts";
import { headersOf } from "../fans.ts";
import { cpuMsOf } from "../purchase/cpu.ts";
import { type Shop, type ShopPlan, startProgram, untilHealthy } from "../purchase/shop.ts";

/** Node and Redis alone, asked by the same generator as the shops. */
export async function openBare({ env, buyers }: ShopPlan): Promise<Shop> {
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const app = startProgram({
    args: [path.join(import.meta.dirname, "bare-shop.ts")],
    env: { ...env, PORT: String(port) },
  });
  await untilHealthy(url);
  return {
    dialect: "reference",
    url,
    eventId: randomUUID(),
    buyers: Array.from({ length: buyers }, (_, n) => ({ headers: headersOf(n, "shop=bare"), seats: [0, 1] })),
    pids: { app: [app.pid] },
    queue: null,
    openWork: () => Promise.resolve({ mailMs: 0, captureMs: 0 }),
    counting: null,
    check: () => Promise.resolve([]),
    stop: app.stop,
  };
}

const BATCH = 100;

/** One table, and the rows that a purchase leaves in it. */
export type RowsOf = { readonly table: string; readonly rows: number };

/**
 * The rows that the purchases left behind, written once more into tables of the same columns, checks and indexes, a hundred
 * purchases in a transaction with one INSERT for each table: what Postgres needs for the same rows and bytes, in ms per purchase.
 */
export async function bareRows(
  databaseUrl: string,
  { purchases, postmaster }: { purchases: number; postmaster: number },
): Promise<{ cpuMs: number; tables: RowsOf[] }> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const tables = await tablesOf(sql, purchases);
    await sql`CREATE SCHEMA bare`;
    const batches = Math.ceil(purchases / BATCH);
    const loads: { insert: string; rows: unknown[][] }[] = [];
    for (const { table } of tables) {
      await sql.unsafe(`CREATE TABLE bare.${table} (LIKE public.${table} INCLUDING ALL)`);
      const rows = await sql.unsafe(`SELECT to_jsonb(t) AS row FROM public.${table} t`);
      const size = Math.ceil(rows.length / batches);
      loads.push({
        insert: `INSERT INTO bare.${table} OVERRIDING SYSTEM VALUE
          SELECT * FROM jsonb_populate_recordset(NULL::public.${table}, $1::text::jsonb)`,
        rows: Array.from({ length: batches }, (_, n) =>
          rows.slice(n * size, (n + 1) * size).map(({ row }) => row),
        ),
      });
    }
    const before = cpuMsOf(postmaster);
    for (let n = 0; n < batches; n++)
      await sql.begin(async (tx) => {
        for (const { insert, rows } of loads)
          await tx.unsafe(insert, [JSON.stringify(rows[n])], { prepare: true });
      });
    return { cpuMs: (cpuMsOf(postmaster) - before) / purchases, tables };
  } finally {
    await sql.end();
  }
}

/** Those of which a purchase has rows; accounts and their sessions were there before. */
async function tablesOf(sql: postgres.Sql, purchases: number): Promise<RowsOf[]> {
  const tables = await sql<{ table: string }[]>`
    SELECT tablename AS table FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT IN ('account', 'session', 'schema_object') ORDER BY tablename`;
  const found: RowsOf[] = [];
  for (const { table } of tables) {
    const [counted] = await sql.unsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM public.${table}`,
    );
    const rows = (counted?.count ?? 0) / purchases;
    if (rows >= 0.99) found.push({ table, rows: Number(rows.toFixed(2)) });
  }
  return found;
}
