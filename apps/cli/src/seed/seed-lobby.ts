import { system } from "@onsale/core/actor/actor";
import { randomBytes } from "node:crypto";
import type { Container } from "@onsale/api/compose/container";
import { entryIdOf, personOf } from "@onsale/core/line/entry-id";
import { type LineRecord, LineSettings } from "@onsale/core/line/line";
import { must } from "@onsale/core/shared/assert";
import { AppError } from "@onsale/core/shared/errors";
import { PUBLIC_WINDOW } from "@onsale/core/event/window-key";
import { DEMO_EVENTS, type DemoEvent, LOBBY_SLUG } from "./demo-events.ts";
import { seedEvent, seedPlace } from "./seed-demo.ts";
import { CliError } from "../cli-error.ts";

const SEED = system("seed");

const MINUTE_MS = 60_000;
const DRAWS_IN_MS = 4 * MINUTE_MS;
/** A lobby that is drawn sooner would be over before somebody had signed in. */
const LOOK_LEAST_MS = 2 * MINUTE_MS;
const FANS = 50;
const CAP = 5;
const INFLOW_PER_SECOND = 1;
const NIGHTS_MAX = 100;

export type OpenLobby = {
  readonly title: string;
  readonly slug: string;
  readonly url: string;
  readonly drawsAtMs: number;
  /** Seeded ones who stand in the lobby. */
  readonly fans: number;
};

/**
 * A lobby to join now. A line is drawn once, so each draw needs an event of its own: the first night without one gets
 * the lobby. The fans stand in it as accounts of the organizer's own could; none of them ever comes to buy.
 */
export async function seedLobby(container: Container): Promise<OpenLobby> {
  for (let night = 1; night <= NIGHTS_MAX; night++) {
    const demo = nightOf(night);
    const line = await lobbyOf(container, demo);
    if (line === null) continue;
    const fans = await fillLobby(container, line);
    const url = `${container.config.publicUrl}/events/${demo.slug}`;
    const title = night === 1 ? demo.title : `${demo.title}, night ${night}`;
    return { title, slug: demo.slug, url, drawsAtMs: line.drawsAtMs, fans };
  }
  throw new CliError("nights_drawn", { title: nightOf(1).title, nights: NIGHTS_MAX });
}

export function nightOf(night: number): DemoEvent {
  const demo = must(
    DEMO_EVENTS.find(({ slug }) => slug === LOBBY_SLUG),
    "the demo has this event",
  );
  if (night === 1) return demo;
  return {
    ...demo,
    slug: `${demo.slug}-${night}`,
    subtitle: `${demo.subtitle}: night ${night}`,
    inWeeks: demo.inWeeks + night - 1,
  };
}

/** null: the line of this night is drawn, or too soon, or nothing is sold any more. */
async function lobbyOf(container: Container, demo: DemoEvent): Promise<LineRecord | null> {
  const { events, services, clock } = container;
  if ((await events.findEvent(demo.slug)) === null)
    await seedEvent(container, demo, (await seedPlace(container, demo.venue)).place);
  const event = await services.events.require(demo.slug);
  if (event.state !== "on_sale") return null;
  const eventId = event.id;
  const nowMs = clock.nowMs();
  const known = (await services.lines.linesOf(SEED, eventId)).find(
    ({ windowKey }) => windowKey === PUBLIC_WINDOW,
  );
  if (known?.state === "lobby") return known.drawsAtMs - nowMs < LOOK_LEAST_MS ? null : known;
  if (known && (known.state !== "closed" || known.finishedAtMs !== null)) return null;
  const settings = LineSettings.parse({
    lobbyOpensAtMs: nowMs,
    drawsAtMs: nowMs + DRAWS_IN_MS,
    cap: CAP,
    inflowPerSecond: INFLOW_PER_SECOND,
  });
  const line = known
    ? await services.lines.configure(SEED, { lineId: known.id, version: known.settingsVersion, settings })
    : await services.lines.create(SEED, { eventId, settings });
  return openLobby(container, line);
}

async function openLobby({ services }: Container, line: LineRecord): Promise<LineRecord> {
  try {
    return await services.lines.move(SEED, { lineId: line.id, to: "lobby" });
  } catch (error) {
    // Its time has come, so a worker that runs may have opened it a moment before.
    if (error instanceof AppError && error.code === "line.bad_transition") return line;
    throw error;
  }
}

/** How many stand there; those of an earlier run keep their entries. */
async function fillLobby({ accounts, lines }: Container, line: LineRecord): Promise<number> {
  // .invalid is reserved (RFC 2606): no mail can ever reach somebody.
  const crowd = await accounts.createMany(
    Array.from({ length: FANS }, (_, n) => `lobby-fan-${n + 1}@demo.invalid`),
  );
  await lines.joinMany(
    line.id,
    crowd.map(({ id: accountId, email }) => ({
      accountId,
      entry: entryIdOf({ lineId: line.id, accountId, nonce: randomBytes(16).toString("hex") }),
      person: personOf({ accountId, email, onePer: line.onePer }),
    })),
  );
  return crowd.length;
}
