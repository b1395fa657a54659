import { randomBytes } from "node:crypto";
import type { Container } from "@onsale/api/container";
import { drillHouse, drillPrices } from "@onsale/core/drill/drill-house";
import type { EventDraft } from "@onsale/core/event/event";
import { compileLayout, type SeatPlan } from "@onsale/core/layout/seat-plan";
import { type LineId, LineSettings } from "@onsale/core/line/line";
import type { PriceList } from "@onsale/core/pricing/price-list";
import { makeSeatIndex, type SeatIndex } from "@onsale/core/seat-rules/best-available";
import { must } from "@onsale/core/shared/assert";
import { AppError } from "@onsale/core/shared/errors";
import { EventId, LayoutId, VenueId } from "@onsale/core/shared/ids";
import { ACTOR } from "../cli.ts";
import type { DrillLineSettings } from "./drill-settings.ts";

const DAY_MS = 24 * 60 * 60_000;
/** The controller looks once a second. */
const LOBBY_NOTICE_MS = 1_000;
const LOBBY_LIMIT_MS = 20_000;
const VENUE = { name: "Drill hall", city: "Nowhere", country: "", timeZone: "UTC" };

/** An event of its own for one drill, so that no real sale is ever touched. */
export type DrillEvent = {
  /** Names everything the drill made: the event "drill-<id>", the accounts "fan-0.<id>@drill.invalid". */
  readonly drill: string;
  readonly eventId: EventId;
  readonly slug: string;
  readonly plan: SeatPlan;
  readonly index: SeatIndex;
  readonly prices: PriceList;
  /** Places to sell, standing ones included. */
  readonly places: number;
  readonly maxPerFan: number;
  /** null: sold without a line. */
  readonly lineId: LineId | null;
};

export type DrillEventWish = {
  /** Of a house made for the drill, unless `clone` is given. */
  readonly places: number;
  /** Slug or id of an event whose layout, prices and limits to use. */
  readonly clone: string | null;
  /** Shorter than a real sale's, so that holds run out while one looks. */
  readonly holdTtlMs: number;
  readonly line: DrillLineSettings | null;
};

/** Makes the event and opens its sale. Nobody meets it in the programme: it has begun already. */
export async function openDrillEvent(container: Container, wish: DrillEventWish): Promise<DrillEvent> {
  const { clock, services } = container;
  const drill = randomBytes(4).toString("hex");
  const { prices, ...template } = await (wish.clone === null
    ? ownHouse(container, wish.places)
    : cloneOf(container, wish.clone));
  const draft: EventDraft = {
    ...template.draft,
    slug: `drill-${drill}`,
    title: `Drill ${drill}`,
    genre: "Drill",
    doorsAtMs: null,
    startsAtMs: clock.nowMs() + DAY_MS,
    endsAtMs: null,
    saleWindows: [],
    holdTtlMs: wish.holdTtlMs,
  };
  const { id, slug } = await services.events.create(draft);
  const eventId = EventId.parse(id);
  await services.events.publishPrices(eventId, prices, ACTOR);
  await services.events.move(id, "published", ACTOR);
  // Before anything is on sale: from now on every hold needs a pass. The lobby opens when the crowd is ready.
  const lineId =
    wish.line === null
      ? null
      : await setUpLine(container, eventId, { ...wish.line, opensAtMs: clock.nowMs() + DAY_MS });
  await services.events.move(id, "on_sale", ACTOR);
  // Only events to come can be published, and what is over is listed nowhere.
  await services.events.update(eventId, { ...draft, startsAtMs: clock.nowMs() - DAY_MS });
  const layoutId = must(draft.layoutId, "a drill has a layout");
  const layout = must(await container.events.findLayout(layoutId), "a layout that was just used");
  const plan = compileLayout(layout.document);
  const places = layout.seatCount + layout.gaCapacity;
  return {
    drill,
    eventId,
    slug,
    plan,
    index: makeSeatIndex(plan),
    prices,
    places,
    maxPerFan: draft.maxPerFan,
    lineId,
  };
}

/** Lets the lobby open now; answers the moment of the release on the server's clock. A worker must run. */
export async function openLobby(
  { clock, services, lines }: Container,
  lineId: LineId,
  { line, pause }: { line: DrillLineSettings; pause: (ms: number) => Promise<void> },
): Promise<{ releaseAtMs: number }> {
  const opensAtMs = clock.nowMs() + LOBBY_NOTICE_MS;
  await services.lines.configure({ lineId, settings: lineSettings({ ...line, opensAtMs }), actor: ACTOR });
  const until = clock.nowMs() + LOBBY_LIMIT_MS;
  for (;;) {
    const found = await lines.find(lineId);
    if (found?.state === "lobby") return { releaseAtMs: found.drawsAtMs };
    if (clock.nowMs() > until)
      throw new AppError("service.unavailable", "Nobody opened the drill's line. Is a worker running?");
    await pause(100);
  }
}

type TimedLine = DrillLineSettings & { readonly opensAtMs: number };

async function setUpLine({ services }: Container, eventId: EventId, line: TimedLine): Promise<LineId> {
  const { id } = await services.lines.create({ eventId, settings: lineSettings(line), actor: ACTOR });
  return id;
}

function lineSettings({ opensAtMs, lobbyMs, ...line }: TimedLine): LineSettings {
  const { cap, inflowPerSecond, passTtlMs, passMaxMs, graceMs } = line;
  return LineSettings.parse({
    lobbyOpensAtMs: opensAtMs,
    drawsAtMs: opensAtMs + lobbyMs,
    cap,
    inflowPerSecond,
    passTtlMs,
    passMaxMs,
    graceMs,
  });
}

/** Nothing of a drill stays on sale. */
export async function closeDrillEvent(container: Container, { slug }: DrillEvent): Promise<void> {
  await container.services.events.move(slug, "ended", ACTOR);
}

type Template = {
  readonly draft: Omit<
    EventDraft,
    "slug" | "title" | "genre" | "doorsAtMs" | "startsAtMs" | "endsAtMs" | "saleWindows" | "holdTtlMs"
  >;
  readonly prices: PriceList;
};

async function ownHouse({ events, services }: Container, places: number): Promise<Template> {
  const venue = (await events.findVenue(VENUE.name, VENUE.city)) ?? (await events.createVenue(VENUE));
  const house = drillHouse(places);
  const prices = drillPrices(house);
  const { id } = await services.layouts.save(house, venue.id);
  const draft = {
    subtitle: "Virtual fans only",
    description: "",
    venueId: VenueId.parse(venue.id),
    layoutId: LayoutId.parse(id),
    timeZone: venue.timeZone,
    currency: prices.currency,
    maxPerFan: 6,
  };
  return { draft, prices };
}

async function cloneOf({ services, events }: Container, slug: string): Promise<Template> {
  const event = await services.events.require(slug);
  const prices = await events.priceList(EventId.parse(event.id), event.priceVersion);
  if (!event.layoutId || !prices)
    throw new AppError(
      "event.incomplete",
      `"${event.title}" has no layout or no prices yet, so it cannot be drilled.`,
    );
  const { description, venueId, layoutId, timeZone, currency, maxPerFan } = event;
  return {
    draft: {
      subtitle: `A clone of ${event.title}`,
      description,
      venueId,
      layoutId,
      timeZone,
      currency,
      maxPerFan,
    },
    prices,
  };
}
