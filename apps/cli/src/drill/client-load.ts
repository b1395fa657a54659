import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import type { ClientLoad } from "@onsale/core/drill/drill-report";
import { tenths } from "@onsale/core/drill/latencies";

const RESOLUTION_MS = 10;

/** Watches whether this process itself is what makes the drill slow. */
export function watchClientLoad(): { stop: (slotWaitP95Ms: number) => ClientLoad } {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const before = performance.eventLoopUtilization();
  delay.enable();
  return {
    stop(slotWaitP95Ms) {
      delay.disable();
      const { utilization } = performance.eventLoopUtilization(before);
      return {
        busy: Math.round(utilization * 1_000) / 1_000,
        // The histogram counts its own interval in.
        loopDelayP99Ms: tenths(Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS)),
        slotWaitP95Ms: tenths(slotWaitP95Ms),
      };
    },
  };
}
