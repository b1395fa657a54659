// Gives a pass of a line to the next fan some seconds after the last page of its sale was closed. A page that is closed
// cannot tell a reload from a farewell; this worker outlives it, and looks whether one of its pages is back by then.
const WAIT_MS = 6_000;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("message", (event) => {
  const { lineId, slug } = event.data ?? {};
  if (typeof lineId === "string" && typeof slug === "string") event.waitUntil(leaveUnlessBack(lineId, slug));
});

async function leaveUnlessBack(lineId, slug) {
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some(({ url }) => new URL(url).pathname.split("/").includes(slug))) return;
  await fetch("/api/trpc/line.leave", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ lineId }),
  });
}
