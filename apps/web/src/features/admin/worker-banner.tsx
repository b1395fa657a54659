"use client";

import { useQuery } from "@tanstack/react-query";
import type { WorkerPulse } from "@onsale/core/worker/worker-pulse";
import { workerWords } from "@onsale/words/worker-words";
import { useLocale } from "../locale/locale-context.tsx";
import styles from "./worker-banner.module.css";

const ASK_EVERY_MS = 3_000;

/** Says so on every page of the portal while no worker runs: what staff press would be taken and nothing would come of it. */
export function WorkerBanner() {
  const locale = useLocale();
  const { data: pulse } = useQuery({
    queryKey: ["worker"],
    queryFn: askWorker,
    refetchInterval: ASK_EVERY_MS,
  });
  const words = pulse ? workerWords(pulse, locale) : null;
  // The element stays, so that a screen reader hears what is written into it.
  return (
    <div role="alert" className={words ? styles["banner"] : undefined}>
      {words && <p>{words} Whoever runs this installation starts it again; until then, sell nothing.</p>}
    </div>
  );
}

/** null: one runs, or nobody can say, which is another fault and is shown by the page itself. */
async function askWorker(): Promise<WorkerPulse | null> {
  const answer = await fetch("/healthz", { cache: "no-store" });
  const health = (await answer.json()) as { worker?: string; workerSilentMs?: number | null };
  if (health.worker !== "away") return null;
  return { running: 0, silentMs: health.workerSilentMs ?? null };
}
