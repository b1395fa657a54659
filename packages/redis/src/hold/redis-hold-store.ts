import type { Hold, HoldPlan } from "@onsale/core/hold/hold";
import type { AcquireResult, ClaimResult, HoldStore, JoinResult } from "@onsale/core/hold/hold-store";
import { assert } from "@onsale/core/shared/assert";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import { HOLD_EXTENSIONS_MAX } from "@onsale/core/event/hold-limits";
import type { Redis } from "ioredis";
import type { Keyspace } from "../shard.ts";
import { unpackHold } from "./hold-record.ts";
import {
  acquireHold,
  claimHold,
  extendHold,
  findClaims,
  findHold,
  findHoldsOfFan,
  joinHolds,
  listHolds,
  releaseHold,
  repriceHold,
  settleHolds,
  sweepHolds,
} from "./hold-scripts.ts";

/** Keeps one settle call to a few hundred microseconds, so that it does not stand in the way of holds. */
const SETTLED_PER_CALL = 100;
/** The same for one part of a scan. */
const SCANNED_PER_CALL = 500;

type Acquired = Awaited<ReturnType<typeof acquireHold>>;

function acquireResult(plan: HoldPlan, reply: Acquired): AcquireResult {
  switch (reply[0]) {
    case "acquired": {
      const {
        ttlMs: _ttlMs,
        maxPerFan: _maxPerFan,
        passLine: _passLine,
        cyclesMax: _cyclesMax,
        timeMaxMs: _timeMaxMs,
        windowKey = null,
        ...asked
      } = plan;
      const hold: Hold = {
        ...asked,
        windowKey,
        expiresAtMs: reply[1],
        payByMs: reply[2] === "" ? null : Number(reply[2]),
        extensionsLeft: HOLD_EXTENSIONS_MAX,
        state: "active",
      };
      return { kind: "acquired", hold, replayed: false };
    }
    case "replayed": {
      const id = reply[3] === undefined ? plan.id : HoldId.parse(reply[3]);
      const hold = unpackHold({ eventId: plan.eventId, id, expiresAtMs: reply[1] }, reply[2]);
      return { kind: "acquired", hold, replayed: true };
    }
    case "taken":
      return { kind: "taken", seatNos: reply[1], areaNos: reply[2] };
    case "limit":
      return { kind: "limit", max: reply[1], held: reply[2], bought: reply[3] };
    case "cycles":
      return { kind: "cycles", max: reply[1], againInMs: reply[2] };
    case "time":
      return { kind: "time", maxMs: reply[1], againInMs: reply[2] };
    case "no_pass":
    case "line_lost":
    case "ended":
    case "epoch_missing":
      return { kind: reply[0] };
  }
}

function claimResult(reply: Awaited<ReturnType<typeof claimHold>>): ClaimResult {
  switch (reply[0]) {
    case "queued":
    case "replayed":
      return { kind: "queued", replayed: reply[0] === "replayed", queueLength: reply[1] };
    case "busy":
      return { kind: "busy", queueLength: reply[1] };
    case "price_changed":
      return { kind: "price_changed", quoteHash: reply[1] };
    case "not_found":
    case "claimed_elsewhere":
    case "epoch_missing":
      return { kind: reply[0] };
  }
}

function unpackAll(eventId: EventId, found: { id: string; expiresAtMs: number; packed: string }[]): Hold[] {
  return found.map(({ id, expiresAtMs, packed }) =>
    unpackHold({ eventId, id: HoldId.parse(id), expiresAtMs }, packed),
  );
}

async function joinAll(redis: Redis, join: Parameters<typeof joinHolds>[1]): Promise<JoinResult> {
  const reply = await joinHolds(redis, join);
  if (reply[0] !== "joined") return { kind: reply[0] };
  const { eventId, id } = join.into;
  return { kind: "joined", hold: unpackHold({ eventId, id, expiresAtMs: reply[1] }, reply[2]) };
}

/** Holds in Redis: one script per verb. `find` and `findByAccount` show active and claimed holds, `list` active ones. */
export function makeRedisHoldStore(redis: Redis, { prefix = "" }: Partial<Keyspace> = {}): HoldStore {
  const space = { prefix };

  async function settle(holds: readonly { eventId: EventId; holdId: HoldId }[], after: "sold" | "free") {
    const byEvent = Map.groupBy(holds, (hold) => hold.eventId);
    const calls = [...byEvent].flatMap(([eventId, ofEvent]) => {
      const chunks: Promise<number>[] = [];
      for (let i = 0; i < ofEvent.length; i += SETTLED_PER_CALL) {
        const holdIds = ofEvent.slice(i, i + SETTLED_PER_CALL).map((hold) => hold.holdId);
        chunks.push(settleHolds(redis, { space, eventId, after, holdIds }));
      }
      return chunks;
    });
    await Promise.all(calls);
  }

  return {
    async acquire(plan) {
      assert(plan.items.seats.length + plan.items.areas.length > 0, "a hold has at least one place");
      return acquireResult(plan, await acquireHold(redis, { ...plan, space }));
    },
    async find(eventId, holdId) {
      return unpackAll(eventId, await findHold(redis, { space, eventId, holdId }))[0] ?? null;
    },
    async findByAccount(eventId, accountId) {
      return unpackAll(eventId, await findHoldsOfFan(redis, { space, eventId, accountId }));
    },
    async list(eventId, limit) {
      return unpackAll(eventId, await listHolds(redis, { space, eventId, limit }));
    },
    async claims(eventId) {
      const found = new Set<HoldId>();
      let cursor = "0";
      do {
        const [next, ...ids] = await findClaims(redis, { space, eventId, cursor, count: SCANNED_PER_CALL });
        for (const id of ids) found.add(HoldId.parse(id));
        cursor = next ?? "0";
      } while (cursor !== "0");
      return [...found];
    },
    async release(hold) {
      const reply = await releaseHold(redis, { ...hold, space });
      return reply[0] === "released" ? { kind: "released", seats: reply[1] } : { kind: reply[0] };
    },
    async extend(hold) {
      const reply = await extendHold(redis, { ...hold, space });
      if (reply[0] !== "extended") return { kind: reply[0] };
      const at = { eventId: hold.eventId, id: hold.holdId, expiresAtMs: reply[1] };
      return { kind: "extended", hold: unpackHold(at, reply[2]) };
    },
    async reprice(hold) {
      const reply = await repriceHold(redis, { ...hold, space });
      assert(reply[0] !== "other_places", "a hold is repriced for the places it has");
      if (reply[0] !== "repriced") return { kind: reply[0] };
      const at = { eventId: hold.eventId, id: hold.holdId, expiresAtMs: reply[1] };
      return { kind: "repriced", hold: unpackHold(at, reply[2]) };
    },
    join: (join) => joinAll(redis, { ...join, space }),
    async claim(claim) {
      return claimResult(await claimHold(redis, { ...claim, space }));
    },
    settleSold: (holds) => settle(holds, "sold"),
    settleFreed: (holds) => settle(holds, "free"),
    /** 0 when the shard is lost: there is nothing to sweep until it is rebuilt. */
    async sweep(eventId, limit) {
      return Math.max(0, await sweepHolds(redis, { space, eventId, limit }));
    },
  };
}
