import type { OrganizationId } from "@onsale/core/shared/ids";
import type postgres from "postgres";
import type { Database } from "./client.ts";

type Tx = postgres.TransactionSql;

const TX_TIMEOUT_MS = 10_000;
/** How long a transaction that ran out of time may take to be rolled back before its caller is told. */
const ROLLBACK_GRACE_MS = 6_000;

/** The transaction is over; whether it was committed is not known when `phase` is "commit". */
export class TransactionLost extends Error {
  override readonly name = "TransactionLost";
  readonly phase: "work" | "commit";
  constructor(message: string, phase: "work" | "commit", cause?: unknown) {
    super(message, { cause });
    this.phase = phase;
  }
}

type TxState = { over: TransactionLost | null; phase: "work" | "commit" };

/**
 * The one way to write in several statements: all of them or none. Prefer a single statement or a SQL function.
 *
 * postgres.js 3.4 loses track of a transaction whose connection breaks (docs/reliability.md, F1): the next statement may run
 * on a new connection and commit alone, a COMMIT may reach somebody else's transaction, or the process dies of a write to
 * a socket that is gone. patches/postgres@3.4.9.patch mends the driver; so that nothing rests on the patch alone:
 * - `app.tx` is set to the transaction's id, and the tables that matter refuse writes without it (need_tx);
 * - once the connection is lost, `tx` refuses every further statement;
 * - and the driver never hears of the end of the callback, so that it sends neither COMMIT nor ROLLBACK anywhere.
 * Never await anything but `tx` in here for long: the limit is `timeoutMs`, counted from the first statement.
 */
export async function withTx<T>(
  database: Pick<Database, "sql">,
  work: (tx: Tx) => Promise<T>,
  {
    timeoutMs = TX_TIMEOUT_MS,
    organization = null,
  }: { timeoutMs?: number; /** Works for it alone. */ organization?: OrganizationId | null } = {},
): Promise<T> {
  const state: TxState = { over: null, phase: "work" };
  const timers: NodeJS.Timeout[] = [];
  const begun = database.sql.begin(async (tx) => {
    // The server came back after the caller was told that it is away.
    if (state.over) throw state.over;
    const late = new Promise<never>((_, reject) => {
      timers.push(
        setTimeout(() => {
          state.over = new TransactionLost(`transaction took longer than ${timeoutMs} ms`, state.phase);
          reject(state.over);
        }, timeoutMs),
      );
    });
    try {
      await (organization === null ? tx`select guard_tx()` : tx`select guard_portal(${organization})`);
      const result = await Promise.race([work(refusing(tx, state)), late]);
      await staySilentWhenLost(state);
      state.phase = "commit";
      return { result };
    } catch (error) {
      await staySilentWhenLost(state);
      throw error;
    }
  });
  const stuck = new Promise<never>((_, reject) => {
    timers.push(
      setTimeout(() => {
        state.over ??= new TransactionLost("the server did not end the transaction", state.phase);
        reject(state.over);
      }, timeoutMs + ROLLBACK_GRACE_MS),
    );
  });
  try {
    const { result } = await Promise.race([begun, stuck]);
    return result as T;
  } catch (error) {
    if (!isConnectionLoss(error)) throw error;
    state.over ??= lost(state, error);
    throw state.over;
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

/** A transaction whose connection broke must not go on in the driver; one out of time must, to be rolled back. */
async function staySilentWhenLost(state: TxState): Promise<void> {
  // The driver settles begin() a few microtasks after the statement that saw the connection break.
  await new Promise((resolve) => setImmediate(resolve));
  if (state.over?.cause !== undefined) await new Promise<never>(() => undefined);
}

/** The same transaction, refusing statements once it is over. */
function refusing(tx: Tx, state: TxState): Tx {
  return new Proxy(tx, {
    apply(target, thisArg, args) {
      if (state.over) throw state.over;
      return noticing(Reflect.apply(target, thisArg, args), state);
    },
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof value !== "function" || (key !== "unsafe" && key !== "file")) return value;
      return (...args: unknown[]) => {
        if (state.over) throw state.over;
        return noticing(Reflect.apply(value, target, args), state);
      };
    },
  });
}

/**
 * Ends the transaction at the first statement that says its backend is going: the socket closes only a moment later, and
 * what is written in between kills the process. A driver query starts when it is awaited, so only `then` may be touched.
 */
function noticing(query: unknown, state: TxState): unknown {
  if (!(query instanceof Promise)) return query;
  const settle = query.then.bind(query);
  // oxlint-disable-next-line unicorn/no-thenable -- it is a promise already; see above
  query.then = ((onValue, onError) =>
    settle(onValue, (error: unknown) => {
      if (isConnectionLoss(error)) state.over ??= lost(state, error);
      if (onError) return onError(error);
      throw error;
    })) as typeof query.then;
  return query;
}

function lost(state: TxState, cause: unknown): TransactionLost {
  return new TransactionLost("the connection broke in a transaction", state.phase, cause);
}

/** Also the server's own good-bye: 57P01 to 57P03 mean that this backend is going away. */
function isConnectionLoss(error: unknown): boolean {
  if (error instanceof TransactionLost) return false;
  const code = error instanceof Error && "code" in error ? error.code : null;
  return (
    typeof code === "string" &&
    (/^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT)/.test(code) ||
      code === "57P01" ||
      code === "57P02" ||
      code === "57P03")
  );
}
