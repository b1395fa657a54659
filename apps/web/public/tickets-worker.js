// Keeps the page of a fan's tickets readable where there is no network, such as at a door, and while the server does not
// answer. Its scope is that page alone. The page says which account it is of and which files it needs; the copy is
// replaced by every answer that arrives, and is gone with the answer that says nobody is signed in.
const KEPT = "onsale-tickets";
const PAGE = "/tickets";
const BUILT = "/_next/static/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep, port } = event.data ?? {};
  if (!Array.isArray(keep)) return;
  event.waitUntil(
    keepAll(keep).then(
      (said) => port?.postMessage(said),
      () => port?.postMessage({ kept: false, away: true }),
    ),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(newestPage(request));
  else if (pathname.startsWith(BUILT)) event.respondWith(builtFile(request));
});

async function newestPage(request) {
  let answer;
  try {
    answer = await fetch(request);
  } catch (error) {
    const kept = await keptAs(PAGE);
    if (kept) return kept;
    throw error;
  }
  if (isAway(answer)) return (await keptAs(PAGE)) ?? answer;
  // The first page of the list alone; others are read online.
  if (new URL(request.url).search === "") await keepPage(answer.clone());
  return answer;
}

const isAway = (answer) => answer.status >= 500;
/** Opening a cache makes it: after signing out there must be none. */
const keptAs = (request) => caches.match(request, { cacheName: KEPT });

/** A redirect to sign-in, or a refusal: whoever was here before is not any more. */
async function keepPage(answer) {
  if (
    answer.type === "opaqueredirect" ||
    answer.redirected ||
    answer.status === 401 ||
    answer.status === 403
  ) {
    await caches.delete(KEPT);
    return false;
  }
  if (!answer.ok) return false;
  await (await caches.open(KEPT)).put(PAGE, answer);
  return true;
}

async function builtFile(request) {
  return (await keptAs(request)) ?? fetch(request);
}

async function keepAll(paths) {
  const kept = await caches.open(KEPT);
  const answer = await fetch(PAGE, { credentials: "same-origin", redirect: "manual" });
  if (!(await keepPage(answer))) return { kept: false, away: isAway(answer) };
  const files = paths.filter((path) => typeof path === "string" && path.startsWith(BUILT));
  await Promise.all(
    files.map(async (path) => {
      if (!(await kept.match(path))) await kept.add(path);
    }),
  );
  return { kept: true, away: false };
}
