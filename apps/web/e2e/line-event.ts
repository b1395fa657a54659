import { expect, type Page } from "@playwright/test";
import type { FanPage } from "./fan.ts";
import { type OwnEvent, ownEvent } from "./own-event.ts";
import type { Organizer } from "./test.ts";

export type LineEvent = OwnEvent & { readonly lineId: string; readonly drawsAtMs: number };

/** An event of its own, on sale, with a line before it. Its lobby is open, for an hour if nothing else is said. */
export async function lineEvent(organizer: Organizer, settings: Record<string, unknown>): Promise<LineEvent> {
  const event = await ownEvent(organizer, { title: "The Last Night", state: "published" });
  const nowMs = Date.now();
  const times = { lobbyOpensAtMs: nowMs - 1_000, drawsAtMs: nowMs + 3_600_000, ...settings };
  const line = await organizer.mutate("admin.lines.create", { eventId: event.id, settings: times });
  await organizer.mutate("admin.events.move", { eventId: event.id, to: "on_sale" });
  return { ...event, lineId: String(line["id"]), drawsAtMs: times.drawsAtMs };
}

/** Long enough for whoever is quick. */
const LOBBY_MS = 8_000;
const LOBBY_MS_MAX = 64_000;

/**
 * A line whose draw comes by itself as soon as these steps are done in its lobby. Made by hand, long before its time, it
 * would have to wait for those who count on that time. A machine that does not manage gets another line and twice as long.
 */
export async function drawnAfter<T>(
  organizer: Organizer,
  settings: Record<string, unknown>,
  steps: (event: LineEvent) => Promise<T>,
): Promise<T> {
  for (let lobbyMs = LOBBY_MS; ; lobbyMs *= 2) {
    const drawsAtMs = Date.now() + lobbyMs;
    const event = await lineEvent(organizer, { ...settings, drawsAtMs });
    try {
      await openLobby(organizer.page, event);
      const done = await steps(event);
      if (Date.now() < drawsAtMs) return done;
    } catch (error) {
      if (Date.now() < drawsAtMs || lobbyMs >= LOBBY_MS_MAX) throw error;
    }
  }
}

/** Until the worker has opened the lobby, and said so. */
async function openLobby(page: Page, event: LineEvent): Promise<void> {
  await expect
    .poll(async () => (await page.request.get(`/api/lines/${event.lineId}/now`)).text(), {
      ...inLobby(event),
      intervals: [200],
    })
    .toContain('"state":"lobby"');
}

/** For as long as the lobby is open: after it nothing of it comes any more. */
export const inLobby = ({ drawsAtMs }: LineEvent) => ({
  timeout: Math.min(90_000, Math.max(1, drawsAtMs - Date.now())),
});

export async function joinLobby({ page }: Pick<FanPage, "page">, event: LineEvent): Promise<void> {
  await page.goto(`/events/${event.slug}/line`);
  await page.getByRole("button", { name: "Take part in the draw" }).click(inLobby(event));
  await expect(page.getByRole("heading", { name: "You are in" })).toBeVisible(inLobby(event));
}
