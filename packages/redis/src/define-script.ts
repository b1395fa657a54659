import type { Redis } from "ioredis";
import type { z } from "zod";
import { orUnavailable } from "./store-errors.ts";

type ScriptSpec<A, R> = {
  name: string;
  lua: string;
  keys: (input: A) => string[];
  args: (input: A) => (string | number)[];
  reply: z.ZodType<R>;
  /** Replies with bytes in them come as Buffers. */
  binary?: boolean;
};
type RunScript = (numberOfKeys: number, ...rest: (string | number)[]) => Promise<unknown>;

/** Turns a Lua file into a typed function; the only cast around a script lives here. */
export function defineScript<A, R>(spec: ScriptSpec<A, R>): (redis: Redis, input: A) => Promise<R> {
  const known = new WeakSet<Redis>();
  const method = spec.binary === true ? `${spec.name}Buffer` : spec.name;
  return async (redis, input) => {
    if (!known.has(redis)) {
      redis.defineCommand(spec.name, { lua: spec.lua });
      known.add(redis);
    }
    const keys = spec.keys(input);
    // Safe because defineCommand above put functions of this shape under both names.
    const run = (redis as unknown as Record<string, RunScript | undefined>)[method];
    if (!run) throw new Error(`script ${spec.name} is not defined`);
    const reply = await orUnavailable(run.call(redis, keys.length, ...keys, ...spec.args(input)));
    return spec.reply.parse(reply);
  };
}
