import type { Sql } from "@onsale/db/client";

/** `top`: as clients sent them, BEGIN and COMMIT and deferred checks too; `all`: with those inside functions and triggers. */
export type StatementCount = { readonly top: number; readonly all: number };

/** false: this server does not count statements (shared_preload_libraries); whoever asks is skipped. */
export async function countsStatements(owner: Sql): Promise<boolean> {
  const [is] = await owner<{ loaded: string; track: string | null }[]>`
    SELECT current_setting('shared_preload_libraries') AS loaded, current_setting('pg_stat_statements.track', true) AS track`;
  return is !== undefined && is.loaded.includes("pg_stat_statements") && is.track === "all";
}

/**
 * Statements of this database per piece of `work`, which is `pieces` times the same. What happens by the clock and not for each
 * piece is rounded away: each statement counts as often as it comes for a piece.
 */
export async function countStatements(
  owner: Sql,
  { pieces, work }: { pieces: number; work: () => Promise<void> },
): Promise<StatementCount> {
  await owner`CREATE EXTENSION IF NOT EXISTS pg_stat_statements`;
  const here = () => owner<{ query: string; toplevel: boolean; calls: number }[]>`
    SELECT query, toplevel, calls::int FROM pg_stat_statements
    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  const name = ({ query, toplevel }: { query: string; toplevel: boolean }) => `${toplevel} ${query}`;
  const before = new Map((await here()).map((row) => [name(row), row.calls]));
  await work();
  const count = { top: 0, all: 0 };
  for (const row of await here()) {
    const each = Math.round((row.calls - (before.get(name(row)) ?? 0)) / pieces);
    count.all += each;
    if (row.toplevel) count.top += each;
  }
  return count;
}
