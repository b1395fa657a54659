import type { LinePass } from "@onsale/contract/line";
import type { LineId } from "@onsale/core/line/line";
import type { FanClient } from "./drill-client.ts";
import { asking, type DrillWorld } from "./drill-world.ts";

/** Keeps a pass alive while its fan shops, as the page does: renewed after each third of its time. */
export type PassKeeper = {
  /** No renewal any more; the pass runs out by itself unless it is given back. */
  readonly stop: () => void;
  /** Gives it back, as a tab that is closed does. */
  readonly leave: () => Promise<void>;
};

const RENEW_SHARE = 1 / 3;

export function keepPass(
  { client, world, lineId }: { client: FanClient; world: DrillWorld; lineId: LineId },
  first: LinePass,
): PassKeeper {
  let stopped = false;
  const everyMs = Math.max(500, (first.expiresAtMs - first.nowMs) * RENEW_SHARE);
  client.carry(first);

  async function renewAgain(): Promise<void> {
    for (let left = first.shopUntilMs - first.nowMs; !stopped && left > everyMs; left -= everyMs) {
      await world.pause(everyMs);
      if (stopped) return;
      const renewed = await asking(world, () => client.renew({ lineId }));
      if (!renewed.ok) return;
      if (!stopped) client.carry(renewed.value);
    }
  }
  // A drill that is stopped breaks the pause; whoever shops meets the same end.
  renewAgain().catch(() => undefined);

  return {
    stop: () => void (stopped = true),
    async leave() {
      stopped = true;
      await asking(world, () => client.leave({ lineId }));
    },
  };
}
