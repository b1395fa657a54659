import type { Container } from "@onsale/api/compose/container";
import { bad, type Check, good, warning } from "./check.ts";
import { judgeSkew } from "./clock-skew.ts";

const MAJOR_MIN = 7;

export async function checkRedis({ redis }: Container): Promise<readonly Check[]> {
  const text = await redis.commands.info();
  const sentMs = Date.now();
  const [seconds, micros] = await redis.commands.time();
  const redisMs = Number(seconds) * 1000 + Number(micros) / 1000;
  const skew = redisMs - (sentMs + Date.now()) / 2;
  return [...judgeRedis(text), judgeSkew("clock.redis", skew)];
}

/** `text` is the answer to INFO. */
export function judgeRedis(text: string): readonly Check[] {
  const info = new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const at = line.indexOf(":");
      return at > 0 && !line.startsWith("#") ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
    }),
  );
  return [versionOf(info), persistenceOf(info), evictionOf(info)];
}

function versionOf(info: ReadonlyMap<string, string>): Check {
  const valkey = info.get("valkey_version");
  const version = valkey ?? info.get("redis_version") ?? "unknown";
  const found = `${valkey === undefined ? "Redis" : "Valkey"} ${version}`;
  if (Number.parseInt(version, 10) >= MAJOR_MIN) return good("redis", found);
  return bad("redis", found, `Use Redis ${MAJOR_MIN} or later, or Valkey.`);
}

/** Losing Redis loses no facts, but the holds and orders that were still waiting to be written. */
function persistenceOf(info: ReadonlyMap<string, string>): Check {
  if (info.get("aof_enabled") === "1") {
    const failed = info.get("aof_last_write_status") === "err";
    if (failed)
      return bad(
        "redis.persistence",
        "the append-only file cannot be written",
        "Look into Redis' log; its disk may be full.",
      );
    return good("redis.persistence", "append-only file");
  }
  const todo = "Set `appendonly yes` and `appendfsync everysec`, or a restart empties every hold.";
  return warning("redis.persistence", "no append-only file", todo);
}

function evictionOf(info: ReadonlyMap<string, string>): Check {
  const policy = info.get("maxmemory_policy") ?? "unknown";
  const limited = (info.get("maxmemory") ?? "0") !== "0";
  const found = limited ? `${policy} at ${info.get("maxmemory_human") ?? "?"}` : `${policy}, no memory limit`;
  if (policy === "noeviction" || policy === "unknown") return good("redis.eviction", found);
  const todo = "Set `maxmemory-policy noeviction`: an evicted key is somebody's seat.";
  return limited ? bad("redis.eviction", found, todo) : warning("redis.eviction", found, todo);
}
