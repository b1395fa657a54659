import { system } from "@onsale/core/actor/actor";
import { randomBytes } from "node:crypto";
import type { Container } from "@onsale/api/compose/container";
import { DRILL_GENRE, DRILL_ORGANIZATION, DRILL_SLUG_PREFIX } from "@onsale/core/drill/drill-names";
import type { EventDraft } from "@onsale/core/event/event";
import { compileLayout, type SeatPlan } from "@onsale/core/layout/seat-plan";
import { type LineId, LineSettings } from "@onsale/core/line/line";
import type { PriceList } from "@onsale/core/pricing/price-list";
import { makeSeatIndex, type SeatIndex } from "@onsale/core/seat-rules/best-available";
import type { EventId } from "@onsale/core/shared/ids";
import type { OrganizationId } from "@onsale/core/shared/ids";
import type { DrillLineSettings } from "./drill-settings.ts";
import type { DrillTemplate } from "./drill-template.ts";
import { CliError } from "../cli-error.ts";

const DRILL = system("drill");

const DAY_MS = 24 * 60 * 60_000;
/** The controller looks once a second. */
const LOBBY_NOTICE_MS = 1_000;
const LOBBY_LIMIT_MS = 20_000;

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
  readonly blocked: ReadonlySet<number>;
  readonly maxPerFan: number;
  /** null: sold without a line. */
  readonly lineId: LineId | null;
};

export type DrillEventWish = {
  readonly template: DrillTemplate;
  /** Shorter than a real sale's, so that holds run out while one looks. */
  readonly holdTtlMs: number;
  readonly line: DrillLineSettings | null;
};

/** Makes the event and opens its sale. Nobody meets it in the programme: it has begun already. */
export async function openDrillEvent(container: Container, wish: DrillEventWish): Promise<DrillEvent> {
  const { clock, venues, services } = container;
  const drill = randomBytes(4).toString("hex");
  const { document, prices, places, blocked, venue, subtitle, description, timeZone, currency, maxPerFan } =
    wish.template;
  const organizationId = await drillOrganization(container);
  const { id: venueId } =
    (await venues.find(organizationId, venue)) ?? (await venues.create(DRILL, { ...venue, organizationId }));
  const layout = await services.layouts.save(DRILL, document, { organizationId, venueId });
  const draft: EventDraft = {
    slug: `${DRILL_SLUG_PREFIX}${drill}`,
    title: `Drill ${drill}`,
    subtitle,
    description,
    venueId,
    layoutId: layout.id,
    timeZone,
    currency,
    maxPerFan,
    genre: DRILL_GENRE,
    doorsAtMs: null,
    startsAtMs: clock.nowMs() + DAY_MS,
    endsAtMs: null,
    salesEndAtMs: null,
    saleWindows: [],
    holdTtlMs: wish.holdTtlMs,
  };
  const { id: eventId, slug } = await services.events.create(DRILL, organizationId, draft);
  await services.events.publishPrices(DRILL, eventId, { version: 0, list: prices });
  await services.events.move(DRILL, { idOrSlug: eventId, to: "published" });
  // Before anything is on sale: from now on every hold needs a pass. The lobby opens when the crowd is ready.
  const lineId =
    wish.line === null
      ? null
      : await setUpLine(container, eventId, { ...wish.line, opensAtMs: clock.nowMs() + DAY_MS });
  await services.events.move(DRILL, { idOrSlug: eventId, to: "on_sale" });
  await blockAs(container, eventId, blocked);
  const plan = compileLayout(document);
  return {
    drill,
    eventId,
    slug,
    plan,
    index: makeSeatIndex(plan),
    prices,
    places,
    blocked: new Set(blocked),
    maxPerFan,
    lineId,
  };
}

/** What drills make is nobody's whose lists are for people. */
async function drillOrganization({ organizations, services }: Container): Promise<OrganizationId> {
  const known = await organizations.find(DRILL_ORGANIZATION.slug);
  return (known ?? (await services.organizations.create(DRILL, DRILL_ORGANIZATION, null))).id;
}

/** Publishing blocked the house seats of the layout; an organizer may have blocked others since, or freed some. */
async function blockAs(
  { inventoryFacts, services }: Container,
  eventId: EventId,
  wanted: readonly number[],
): Promise<void> {
  const [want, have] = [new Set(wanted), new Set((await inventoryFacts.read(eventId)).blocked)];
  const write = (seatNos: readonly number[], blocked: boolean) =>
    seatNos.length === 0
      ? undefined
      : services.events.setBlocked(DRILL, {
          eventId,
          seatNos,
          blocked,
          reason: "as in the event that is cloned",
        });
  await write(
    [...want].filter((seatNo) => !have.has(seatNo)),
    true,
  );
  await write(
    [...have].filter((seatNo) => !want.has(seatNo)),
    false,
  );
}

/** Lets the lobby open now; answers the moment of the release on the server's clock. A worker must run. */
export async function openLobby(
  { clock, services, lines }: Container,
  lineId: LineId,
  { line, pause }: { line: DrillLineSettings; pause: (ms: number) => Promise<void> },
): Promise<{ releaseAtMs: number }> {
  const opensAtMs = clock.nowMs() + LOBBY_NOTICE_MS;
  const settings = lineSettings({ ...line, opensAtMs });
  const version = (await lines.find(lineId))?.settingsVersion ?? 0;
  await services.lines.configure(DRILL, { lineId, version, settings });
  const until = clock.nowMs() + LOBBY_LIMIT_MS;
  for (;;) {
    const found = await lines.find(lineId);
    if (found?.state === "lobby") return { releaseAtMs: found.drawsAtMs };
    if (clock.nowMs() > until) throw new CliError("drill_line_closed");
    await pause(100);
  }
}

type TimedLine = DrillLineSettings & { readonly opensAtMs: number };

async function setUpLine({ services }: Container, eventId: EventId, line: TimedLine): Promise<LineId> {
  const { id } = await services.lines.create(DRILL, { eventId, settings: lineSettings(line) });
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
  await container.services.events.move(DRILL, { idOrSlug: slug, to: "ended" });
}
