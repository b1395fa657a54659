import type { LayoutAnswer } from "./layout-worker.ts";
import type { ReadLayout } from "./read-layout.ts";

/** Read beside the page, which stays free for the fan; on the page itself where no worker starts. */
export async function loadLayout(layoutHash: string): Promise<ReadLayout> {
  const url = new URL(`/api/layouts/${layoutHash}.json`, location.href).href;
  const worker = startWorker();
  if (!worker) return await readHere(url);
  try {
    return await ask(worker, url);
  } finally {
    worker.terminate();
  }
}

function startWorker(): Worker | null {
  try {
    return new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}

function ask(worker: Worker, url: string): Promise<ReadLayout> {
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<LayoutAnswer>) => {
      if ("failed" in data) reject(new Error(data.failed));
      else resolve(data);
    });
    // The worker itself did not load: an old browser, or a policy in between.
    worker.addEventListener("error", () => resolve(readHere(url)));
    worker.postMessage(url);
  });
}

async function readHere(url: string): Promise<ReadLayout> {
  const { readLayout } = await import("./read-layout.ts");
  return await readLayout(url);
}
