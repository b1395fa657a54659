import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const SOURCE = readFileSync(path.resolve(import.meta.dirname, "../../../public/tickets-worker.js"), "utf8");
const ORIGIN = "http://onsale.example";

type Fetching = { request: unknown; respondWith: (answer: Promise<Response>) => void };

/** The worker as a browser runs it, before a server that answers as `server` says. */
function startWorker(server: () => Promise<Response>) {
  const listeners = new Map<string, (event: Fetching) => void>();
  const kept = new Map<string, Response>();
  const cache = { put: async (path: string, answer: Response) => void kept.set(path, answer) };
  const self = {
    location: { origin: ORIGIN },
    addEventListener: (name: string, listener: (event: Fetching) => void) => listeners.set(name, listener),
  };
  const caches = {
    open: async () => cache,
    match: async (path: string) => kept.get(path)?.clone(),
    delete: async () => kept.clear(),
  };
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the file of the site as it is served
  new Function("self", "caches", "fetch", SOURCE)(self, caches, server);
  return {
    open: () =>
      new Promise<Response>((resolve, reject) => {
        const request = { method: "GET", mode: "navigate", url: `${ORIGIN}/tickets` };
        listeners.get("fetch")?.({ request, respondWith: (answer) => void answer.then(resolve, reject) });
      }),
  };
}

test("tickets that were opened before are readable while the server answers with nothing but faults", async () => {
  let answer = new Response("my tickets");
  const worker = startWorker(async () => answer);
  expect(await (await worker.open()).text()).toBe("my tickets");
  for (const status of [500, 502, 503]) {
    answer = new Response("away", { status });
    expect(await (await worker.open()).text()).toBe("my tickets");
  }
  // Signed out: what was kept is gone, and the fault is shown as it is.
  answer = new Response("sign in", { status: 401 });
  await worker.open();
  answer = new Response("away", { status: 503 });
  expect((await worker.open()).status).toBe(503);
});
