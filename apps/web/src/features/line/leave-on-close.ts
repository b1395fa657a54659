const WORKER = "/farewell-worker.js";
/** Below this path there are no pages: the worker serves none, it only outlives them. */
const SCOPE = "/farewell/";

/**
 * Gives the pass to the next fan when the last tab of the sale is closed; public/farewell-worker.js waits some seconds
 * for a reload to come back. Where a browser has no such workers the pass lapses by itself.
 */
export function leaveOnClose({
  lineId,
  slug,
  mayLeave,
}: {
  lineId: string;
  slug: string;
  mayLeave: () => boolean;
}): () => void {
  if (!("serviceWorker" in navigator)) return () => undefined;
  let worker: ServiceWorker | null = null;
  navigator.serviceWorker.register(WORKER, { scope: SCOPE }).then(
    ({ active, waiting, installing }) => (worker = active ?? waiting ?? installing),
    () => undefined,
  );
  const hide = () => {
    if (mayLeave()) worker?.postMessage({ lineId, slug });
  };
  window.addEventListener("pagehide", hide);
  return () => window.removeEventListener("pagehide", hide);
}
