import { randomBytes } from "node:crypto";
import { lineNowPath } from "@onsale/core/line/line-paths";
import type { BotRequest } from "./bot-client.ts";
import { type Bot, isSoldOut } from "./bot-world.ts";

const BATCH = 500;
const trpc = (procedure: string, body: string): BotRequest => ({
  method: "POST",
  path: `/api/trpc/${procedure}`,
  body,
});
type Blow = (bot: Bot) => BotRequest;

/** Cheap and dear procedures, batches beyond the limit, and input that should never get far. */
const BLOWS: readonly Blow[] = [
  ({ world }) => get(`/api/trpc/event.bySlug?input=${encode({ slug: world.slug })}`),
  ({ world }) => get(`/api/events/${world.eventId}/stock`),
  ({ world }) => get(world.lineId === null ? "/healthz" : lineNowPath(world.lineId)),
  ({ world }) => get(`/api/trpc/hold.mine?input=${encode({ eventId: world.eventId })}`),
  // The dearest: seats are searched, and no pass comes with it.
  ({ world }) =>
    trpc(
      "hold.bestAvailable",
      JSON.stringify({
        eventId: world.eventId,
        operationId: randomBytes(16).toString("hex"),
        quantity: 6,
        ticketType: world.ticketType,
      }),
    ),
  ({ world }) => {
    const names = Array.from({ length: BATCH }, () => "hold.release").join(",");
    const inputs = Object.fromEntries(
      Array.from({ length: BATCH }, (_, n) => [n, { eventId: world.eventId }]),
    );
    return { method: "POST", path: `/api/trpc/${names}?batch=1`, body: JSON.stringify(inputs) };
  },
  ({ world }) =>
    trpc(
      "hold.create",
      JSON.stringify({ eventId: world.eventId, operationId: "x", items: { seats: [{ seatNo: -1 }] } }),
    ),
  () => trpc("hold.create", `{"eventId":"${"[".repeat(5_000)}`),
  () => trpc("event.bySlug", JSON.stringify({ slug: "a\u0000b" })),
  () =>
    trpc("checkout.start", JSON.stringify({ eventId: "'; drop table ticket; --", holdId: Number.MAX_VALUE })),
  () => ({ ...trpc("hold.release", "holdId=1"), headers: { "content-type": "text/plain" } }),
  () => ({ ...trpc("line.join", "{}"), headers: { origin: "https://elsewhere.example" } }),
  () => get("/api/trpc/admin.lines.list?input=%7B%22eventId%22%3A%22x%22%7D"),
];
const get = (path: string): BotRequest => ({ method: "GET", path });
const encode = (value: unknown) => encodeURIComponent(JSON.stringify(value));

/** As fast as its owner's machine allows. */
export async function hammer(bot: Bot): Promise<void> {
  for (let round = bot.plan.no; !isSoldOut(bot.world); round += 1) {
    const blow = BLOWS[round % BLOWS.length];
    if (blow) await bot.client.raw(blow(bot));
  }
}
