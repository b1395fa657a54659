import { randomBytes, randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setImmediate as breathe } from "node:timers/promises";
import { makeLineController } from "@onsale/core/line/line-controller";
import { openingMs } from "@onsale/core/line/forecast";
import type { Container } from "./container.ts";

/** A statement counts for this much against those before it. */
const WEIGHT = 0.3;

/** The line's controller of this process; it does something only while it holds the lease. */
export function composeLineController(container: Container, { settleAtOpeningMs = openingMs } = {}) {
  const { clock, log, queue, lines, lineRoom, lineStock, catalog, providerPulse } = container;
  let databaseMs = 0;
  return makeLineController({
    store: lines,
    room: lineRoom,
    clock,
    holder: `${hostname()}:${process.pid}:${randomUUID()}`,
    newSeed: () => randomBytes(32).toString("hex"),
    newRoom: randomUUID,
    settleAtOpeningMs,
    breathe: () => breathe(),
    stockOf: lineStock,
    eventOf: (eventId) => catalog.event(eventId),
    health: {
      ordersWaiting: (eventId) => queue.length(eventId),
      databaseMs: () => databaseMs,
      sawDatabase: (ms) => {
        databaseMs += WEIGHT * (ms - databaseMs);
      },
      providerMs: () => providerPulse.read(),
    },
    onError: (error, lineId) => log.error({ err: error, lineId }, "a round of the line failed"),
  });
}
