import { system } from "@onsale/core/actor/actor";
import type { Container } from "@onsale/api/compose/container";
import { EventDraft, type EventRecord, type SaleWindow } from "@onsale/core/event/event";
import { instantOf, wallClockAt } from "@onsale/core/event/import-wall-clock";
import { generateArena } from "@onsale/core/layout/generate/arena";
import { generateTheatre } from "@onsale/core/layout/generate/theatre";
import { LineSettings } from "@onsale/core/line/line";
import type { EventId } from "@onsale/core/shared/ids";
import type { OrganizationId } from "@onsale/core/shared/ids";
import { DEMO_ACCOUNTS } from "./demo-accounts.ts";
import {
  DEMO_EVENTS,
  DEMO_ORGANIZATIONS,
  DEMO_VENUES,
  type DemoEvent,
  type DemoVenue,
} from "./demo-events.ts";
import { priceListOf } from "./demo-prices.ts";

const SEED = system("seed");

const MINUTE_MS = 60_000;
const LOBBY_MS = 30 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

export type Seeded = {
  readonly accountsCreated: number;
  readonly venuesCreated: number;
  readonly eventsCreated: number;
};

type Place = { readonly organizationId: OrganizationId; readonly venueId: string; readonly layoutId: string };

/** Does what an organizer does in the admin, by the same services; what is here already is left as it is. */
export async function seedDemo(container: Container, onStep: (done: number) => void): Promise<Seeded> {
  const accountsCreated = await seedAccounts(container);
  const arena = await seedPlace(container, "arena");
  const theatre = await seedPlace(container, "theatre");
  const places = { arena: arena.place, theatre: theatre.place } satisfies Record<DemoVenue, Place>;
  let eventsCreated = 0;
  for (const [index, event] of DEMO_EVENTS.entries()) {
    if (await seedEvent(container, event, places[event.venue])) eventsCreated += 1;
    onStep(index + 1);
  }
  return { accountsCreated, venuesCreated: Number(arena.isNew) + Number(theatre.isNew), eventsCreated };
}

async function seedAccounts({ accounts, services }: Container): Promise<number> {
  let created = 0;
  for (const { email, name, password, role } of DEMO_ACCOUNTS) {
    const known = await accounts.findForSignIn(email);
    const account =
      known?.account ?? (await services.accounts.create(system("seed"), { email, name, password }, role));
    // Nobody can read their mail.
    if (!account.emailVerified) await services.verifyEmail.trust(system("seed"), account.id);
    if (!known) created += 1;
  }
  return created;
}

/** The organization of a venue, with the members that the demo's accounts are there. */
async function seedOrganization({ accounts, organizations, services }: Container, kind: DemoVenue) {
  const wanted = DEMO_ORGANIZATIONS[kind];
  const known = await organizations.find(wanted.slug);
  if (known) return known.id;
  const { id } = await services.organizations.create(SEED, wanted, null);
  for (const { email, member } of DEMO_ACCOUNTS) {
    const role = member[kind];
    const found = role && (await accounts.findForSignIn(email));
    if (found) await organizations.add(SEED, id, { account: found.account.id, role });
  }
  return id;
}

export async function seedPlace(
  container: Container,
  kind: DemoVenue,
): Promise<{ place: Place; isNew: boolean }> {
  const { venues, services } = container;
  const wanted = DEMO_VENUES[kind];
  const organizationId = await seedOrganization(container, kind);
  const known = await venues.find(organizationId, wanted);
  const venue = known ?? (await venues.create(SEED, { ...wanted, organizationId }));
  const document =
    kind === "arena" ? generateArena({ name: wanted.name }) : generateTheatre({ name: wanted.name });
  const layout = await services.layouts.save(SEED, document, { organizationId, venueId: venue.id });
  return { place: { organizationId, venueId: venue.id, layoutId: layout.id }, isNew: known === null };
}

/** true when the event had to be made. One that an earlier run left unfinished is taken to its sale. */
export async function seedEvent(container: Container, demo: DemoEvent, place: Place): Promise<boolean> {
  const { events, services, clock } = container;
  const known = await events.findEvent(demo.slug);
  const event: EventRecord =
    known ?? (await services.events.create(SEED, place.organizationId, draftOf(demo, place, clock.nowMs())));
  if (event.state !== "draft" && event.state !== "published") return false;
  const eventId = event.id;
  if (event.priceVersion === 0)
    await services.events.publishPrices(SEED, eventId, { version: 0, list: priceListOf(demo.tariff) });
  if (event.state === "draft") await services.events.move(SEED, { idOrSlug: event.id, to: "published" });
  if (demo.hasLine) await seedLine(container, { ...event, id: eventId });
  await services.events.move(SEED, { idOrSlug: event.id, to: "on_sale" });
  return known === null;
}

/** The lobby is open for half an hour before the draw. */
async function seedLine(
  { services, clock }: Container,
  event: { readonly id: EventId; readonly saleWindows: readonly SaleWindow[] },
): Promise<void> {
  if ((await services.lines.linesOf(SEED, event.id)).length > 0) return;
  const sale = event.saleWindows.find((window) => window.kind === "public");
  const nowMs = clock.nowMs();
  const drawsAtMs = Math.max(sale?.opensAtMs ?? nowMs, nowMs);
  const lobbyOpensAtMs = Math.max(nowMs, drawsAtMs - LOBBY_MS);
  const settings = LineSettings.parse({ lobbyOpensAtMs, drawsAtMs, cap: 100, inflowPerSecond: 5 });
  await services.lines.create(SEED, { eventId: event.id, settings });
}

export function draftOf(
  demo: DemoEvent,
  { venueId, layoutId }: Omit<Place, "organizationId">,
  nowMs: number,
): EventDraft {
  const { timeZone } = DEMO_VENUES[demo.venue];
  const startsAtMs = startOf(demo, timeZone, nowMs);
  const opensAtMs = nowMs + demo.saleInDays * DAY_MS;
  const presale = {
    kind: "presale",
    label: "Members",
    opensAtMs: opensAtMs - demo.presaleDays * DAY_MS,
    closesAtMs: opensAtMs,
  };
  return EventDraft.parse({
    slug: demo.slug,
    title: demo.title,
    subtitle: demo.subtitle,
    description: demo.description,
    genre: demo.genre,
    venueId,
    layoutId,
    timeZone,
    currency: demo.tariff.currency,
    startsAtMs,
    doorsAtMs: startsAtMs - demo.doorsMinutesBefore * MINUTE_MS,
    endsAtMs: startsAtMs + demo.lengthMinutes * MINUTE_MS,
    saleWindows: [
      ...(demo.presaleDays > 0 ? [presale] : []),
      { kind: "public", label: "General sale", opensAtMs, closesAtMs: startsAtMs },
    ],
  });
}

function startOf({ inWeeks, weekday, starts }: DemoEvent, timeZone: string, nowMs: number): number {
  const earliestMs = nowMs + inWeeks * 7 * DAY_MS;
  const today = new Date(earliestMs).getUTCDay();
  const day = wallClockAt(earliestMs + ((weekday - today + 7) % 7) * DAY_MS, timeZone);
  const [hour = 0, minute = 0] = starts.split(":").map(Number);
  return instantOf({ ...day, hour, minute, second: 0 }, timeZone).atMs;
}
