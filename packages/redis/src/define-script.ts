import type { Redis } from "ioredis";
import type { z } from "zod";
import type * as lua from "./generated/lua.ts";
import { orUnavailable } from "./store-errors.ts";

type ScriptSpec<A, R> = {
  /** As src/generated/lua.ts calls it; makeRedisClients opens the client of commands with every script under its name. */
  name: keyof typeof lua;
  keys: (input: A) => string[];
  args: (input: A) => (string | number)[];
  reply: z.ZodType<R>;
  /** Replies with bytes in them come as Buffers. */
  binary?: boolean;
};
type RunScript = (numberOfKeys: number, ...rest: (string | number)[]) => Promise<unknown>;

/** Turns a Lua file into a typed function; the only cast around a script lives here. */
export function defineScript<A, R>(spec: ScriptSpec<A, R>): (redis: Redis, input: A) => Promise<R> {
  const method = spec.binary === true ? `${spec.name}Buffer` : spec.name;
  return async (redis, input) => {
    // Safe because ioredis puts functions of this shape under both names of a script that it was opened with.
    const run = (redis as unknown as Record<string, RunScript | undefined>)[method];
    if (!run) throw new Error(`script ${spec.name} is unknown: open clients with makeRedisClients`);
    const keys = spec.keys(input);
    const reply = await orUnavailable(run.call(redis, keys.length, ...keys, ...spec.args(input)));
    return spec.reply.parse(reply);
  };
}
