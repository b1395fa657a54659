import type { Container } from "@onsale/api/compose/container";
import type { FaultTools } from "./fault-runner.ts";
import type { Throwaway } from "./up.ts";

/** How long what was ended stays away. */
const AWAY_MS = 1_500;

/** The harm that a drill may do to services of its own. The slow bank is the crowd's own doing. */
export function throwawayFaults({ worker, redis }: Throwaway, container: Container): FaultTools {
  return {
    "kill-worker": async (pause) => {
      await worker.kill();
      await pause(AWAY_MS);
      await worker.start();
    },
    "restart-redis": async (pause) => {
      await redis.stop();
      await pause(AWAY_MS);
      await redis.start();
    },
    "flush-redis": async () => void (await container.redis.commands.flushall()),
    "kill-backends": async () => void (await container.drills.cutConnections()),
    "slow-provider": () => Promise.resolve(),
  };
}
