import { Redis, type RedisOptions } from "ioredis";
import * as lua from "./generated/lua.ts";

/** How long a command may take before its caller is told that the store is unavailable. */
const COMMAND_TIMEOUT_MS = 1_000;
const RECONNECT_MS_MAX = 1_000;
/** Longer than any BLOCK; a connection that is silent for so long while an answer is due is dead and is replaced. */
const SOCKET_TIMEOUT_MS = 15_000;

export type RedisClients = {
  /** Scripts and short commands. Never sends anything twice. */
  readonly commands: Redis;
  /** A connection of its own for a reader that blocks: behind a blocked XREAD every other command would wait. */
  openBlocking: () => Redis;
  /** A connection of its own for a subscriber, who subscribes at each "ready": what ioredis does by itself dies unheard. */
  openSubscriber: () => Redis;
  close: () => Promise<void>;
};

/**
 * ioredis 6 by default sends unanswered scripts again after a reconnect, which runs them twice when only the reply was
 * lost (reliability F2). With no retries a lost connection rejects what was under way, and the caller decides.
 */
const NEVER_RESEND = {
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  retryStrategy: (attempt: number) => Math.min(RECONNECT_MS_MAX, 20 * attempt),
} satisfies RedisOptions;

/**
 * The client of commands knows every script from the start: one that is defined later is missing from an auto-pipeline that is
 * already open, and ioredis 6 then fails all commands in it.
 */
const SCRIPTS = Object.fromEntries(Object.entries(lua).map(([name, source]) => [name, { lua: source }]));

/** `name` is what CLIENT LIST shows. `onError` hears about broken connections; without a listener ioredis prints them. Call it once per process. */
export function makeRedisClients(
  url: string,
  {
    commandTimeoutMs = COMMAND_TIMEOUT_MS,
    onError = () => {},
    name = "onsale",
  }: { commandTimeoutMs?: number; onError?: (error: Error) => void; name?: string } = {},
): RedisClients {
  const opened: Redis[] = [];
  const open = (options: Omit<RedisOptions, "replyMapping">) => {
    const client = new Redis(url, { ...NEVER_RESEND, connectionName: name, ...options });
    client.on("error", onError);
    opened.push(client);
    return client;
  };
  const commands = open({
    enableAutoPipelining: true,
    commandTimeout: commandTimeoutMs,
    scripts: SCRIPTS,
    socketTimeout: 3 * commandTimeoutMs,
  });
  return {
    commands,
    openBlocking: () => open({ socketTimeout: SOCKET_TIMEOUT_MS }),
    openSubscriber: () => open({ autoResubscribe: false }),
    close() {
      for (const client of opened) client.disconnect();
      return Promise.resolve();
    },
  };
}
