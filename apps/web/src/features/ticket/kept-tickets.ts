/** What public/tickets-worker.js keeps, and whose it is. The name stands in both files. */
const KEPT = "onsale-tickets";
const OWNER = "onsale-tickets-owner";
const WORKER = "/tickets-worker.js";
const SCOPE = "/tickets";
const BUILT = "/_next/static/";

/** Whether the page is kept now, and whether the server did not answer, so that what is shown was kept before. */
export type Keeping = { readonly kept: boolean; readonly away: boolean };
export const NOT_KEPT: Keeping = { kept: false, away: false };

/** Asks the worker to keep the page that is open, with the files it was shown with. */
export async function keepTickets(accountId: string): Promise<Keeping> {
  if (!("serviceWorker" in navigator)) return NOT_KEPT;
  localStorage.setItem(OWNER, accountId);
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  const worker = await activeOf(registration);
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<Keeping>((resolve) => {
    port1.addEventListener("message", ({ data }: MessageEvent<Partial<Keeping>>) =>
      resolve({ kept: data.kept === true, away: data.away === true }),
    );
    port1.start();
  });
  worker.postMessage({ keep: builtFiles(), port: port2 }, [port2]);
  return answer;
}

function activeOf({ active, waiting, installing }: ServiceWorkerRegistration): Promise<ServiceWorker> {
  const worker = active ?? waiting ?? installing;
  if (!worker) return Promise.reject(new Error("the worker is gone"));
  if (worker.state === "activated") return Promise.resolve(worker);
  return new Promise((resolve) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve(worker);
    });
  });
}

/** Styles, fonts and scripts of this page, as the browser loaded them. */
function builtFiles(): string[] {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const paths = loaded
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith(BUILT))
    .map(({ pathname }) => pathname);
  return [...new Set(paths)];
}

/** Wipes what is kept unless it is of this account; null: nobody is signed in. */
export async function forgetTicketsOfOthers(accountId: string | null): Promise<void> {
  if (!("caches" in window)) return;
  if (accountId !== null && localStorage.getItem(OWNER) === accountId) return;
  localStorage.removeItem(OWNER);
  await caches.delete(KEPT);
}
