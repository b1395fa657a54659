import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomBytes } from "node:crypto";
import type { Account } from "@onsale/core/actor/account";
import { type LineId, type LineRecord, LineSettings } from "@onsale/core/line/line";
import type { LineController } from "@onsale/core/line/line-controller";
import { must } from "@onsale/core/shared/assert";
import type { EventId } from "@onsale/core/shared/ids";
import type { Container } from "../compose/container.ts";
import { composeLineController } from "../compose/line-controller.ts";
import type { TestApp } from "./test-app.ts";

export const nonce = () => randomBytes(16).toString("hex");

/** One per app, as the lease demands. */
const controllers = new WeakMap<Container, LineController>();

/**
 * A line of a test's own and its controller, one round at a time: what a worker does each second happens here when the
 * test says so. No other controller may run in the app meanwhile.
 */
export async function openLine(
  app: TestApp,
  eventId: EventId,
  settings: Partial<LineSettings> = {},
): Promise<{
  lineId: LineId;
  tick: () => Promise<void>;
  line: () => Promise<LineRecord>;
  draw: () => Promise<void>;
}> {
  const { services, lines, clock } = app.container;
  const nowMs = clock.nowMs();
  const { id: lineId } = await services.lines.create(TESTER, {
    eventId,
    settings: {
      ...LineSettings.parse({ lobbyOpensAtMs: nowMs, drawsAtMs: nowMs + 3_600_000 }),
      ...settings,
    },
  });
  const controller =
    controllers.get(app.container) ?? composeLineController(app.container, { settleAtOpeningMs: () => 0 });
  controllers.set(app.container, controller);
  const tick = async () => {
    if (!(await controller.tick())) throw new Error("another controller holds the lease");
    await controller.idle();
    app.container.lineCatalog.forget(eventId);
  };
  await tick();
  return {
    lineId,
    tick,
    line: async () => must(await lines.find(lineId), "the line is there"),
    /** Closes the lobby now; afterwards the line is open and everybody has a number. */
    async draw() {
      await services.lines.move(TESTER, { lineId, to: "drawing" });
      await tick();
      await tick();
    },
  };
}

/** Joins all, in one go; their standings in the same order. */
export function joinAll(app: TestApp, lineId: LineId, accounts: readonly Account[]) {
  return Promise.all(accounts.map((account) => app.as(account).line.join({ lineId, nonce: nonce() })));
}
