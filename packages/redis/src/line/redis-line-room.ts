import type { LineId } from "@onsale/core/line/line";
import type { LineRoom } from "@onsale/core/line/line-room";
import type { Redis } from "ioredis";
import type { Keyspace } from "../shard.ts";
import { orUnavailable } from "../store-errors.ts";
import { lineNowKey } from "./line-keys.ts";
import {
  admitWave,
  checkIn,
  type EndsRecorded,
  leaveLine,
  lookAtRoom,
  renewPass,
  restoreRoom,
} from "./line-scripts.ts";

const NO_ENDS: EndsRecorded = { room: "", count: 0 };

/** The live part of lines in Redis: one script per verb. The store's clock is that of its server. */
export function makeRedisLineRoom(redis: Redis, { prefix = "" }: Partial<Keyspace> = {}): LineRoom {
  const space = { prefix };
  /** Where the ends begin that the last answer named; an answer that is lost on the way moves nothing. */
  const named = new Map<LineId, EndsRecorded>();

  return {
    look: (key) => lookAtRoom(redis, { ...key, space }),
    restore: (facts) => restoreRoom(redis, { ...facts, space }),
    async checkIn(fan) {
      const reply = await checkIn(redis, { ...fan, space });
      return reply[0] === "not_called" ? { kind: "not_called", calledTo: reply[1] } : { kind: reply[0] };
    },
    async admit(request) {
      const { room, count } = named.get(request.lineId) ?? NO_ENDS;
      const ends = { room, count: count + request.endsRecorded };
      const reply = await admitWave(redis, { ...request, space, ends });
      if (reply[0] !== "admitted") {
        named.delete(request.lineId);
        return { kind: reply[0] };
      }
      const [kind, state, wave, firstEnd, ended] = reply;
      named.set(request.lineId, { room: state.room, count: firstEnd });
      return { kind, state, wave, ends: ended };
    },
    async renew(pass) {
      const untilMs = await renewPass(redis, { ...pass, space });
      if (untilMs === -1) return { kind: "room_lost" };
      return untilMs === 0 ? { kind: "over" } : { kind: "renewed", untilMs };
    },
    async leave(fan) {
      return (await leaveLine(redis, { ...fan, space })) === 1 ? "ended" : "not_inside";
    },
    async publish(key, document) {
      await orUnavailable(redis.set(lineNowKey(space, key), document));
    },
    published: (key) => orUnavailable(redis.get(lineNowKey(space, key))),
  };
}
