import type { Container } from "@onsale/api/compose/container";
import type { WorkerPulse } from "@onsale/core/worker/worker-pulse";
import { workerWords } from "@onsale/words/worker-words";
import { TERMINAL_LOCALE } from "../terminal-locale.ts";
import { plural } from "../words.ts";
import { bad, type Check, good, warning } from "./check.ts";

const START_IT = "Start `ticketctl worker`; its log says why it ended.";

export async function checkWorker({ workerPulse }: Container): Promise<readonly Check[]> {
  return [judgeWorker(await workerPulse.read())];
}

/** An installation that was never started has no worker, which is no fault yet; one that fell silent is. */
export function judgeWorker(pulse: WorkerPulse): Check {
  const words = workerWords(pulse, TERMINAL_LOCALE);
  if (words === null) return good("worker", `${plural(pulse.running, "worker")} running`);
  return pulse.silentMs === null ? warning("worker", words, START_IT) : bad("worker", words, START_IT);
}
