import type { OrganizationDraft } from "@onsale/core/organization/organization";
import type { VenueDraft } from "@onsale/core/venue/venue";
import { ARENA_TARIFF, scaled, type Tariff, THEATRE_TARIFF } from "./demo-prices.ts";

export type DemoVenue = "arena" | "theatre";

export const DEMO_VENUES = {
  arena: {
    name: "Harbour Arena",
    address: "Havenkade 12, 3011 AA",
    city: "Rotterdam",
    country: "NL",
    timeZone: "Europe/Amsterdam",
  },
  theatre: {
    name: "Lindenhof Theatre",
    address: "Lindenhof 4, 8001",
    city: "Zurich",
    country: "CH",
    timeZone: "Europe/Zurich",
  },
} as const satisfies Record<DemoVenue, VenueDraft>;

/** Each venue's own; they see nothing of each other. */
export const DEMO_ORGANIZATIONS = {
  arena: {
    slug: "harbour-arena",
    name: "Harbour Arena",
    legalName: "Harbour Arena Events B.V.",
    address: "Havenkade 12, 3011 AA Rotterdam",
    currency: "EUR",
    timeZone: "Europe/Amsterdam",
    contactEmail: "tickets@harbour-arena.example",
  },
  theatre: {
    slug: "lindenhof-theatre",
    name: "Lindenhof Theatre",
    legalName: "Genossenschaft Lindenhof Theater",
    address: "Lindenhof 4, 8001 Zurich",
    currency: "CHF",
    timeZone: "Europe/Zurich",
    contactEmail: "kasse@lindenhof.example",
  },
} as const satisfies Record<DemoVenue, OrganizationDraft>;

export type DemoEvent = {
  readonly slug: string;
  readonly venue: DemoVenue;
  readonly title: string;
  readonly subtitle: string;
  readonly genre: string;
  readonly description: string;
  /** Weeks from the day of seeding, then the next such weekday (0 Sunday .. 6 Saturday). */
  readonly inWeeks: number;
  readonly weekday: number;
  /** On the venue's clock. */
  readonly starts: string;
  readonly doorsMinutesBefore: number;
  readonly lengthMinutes: number;
  /** Days from now; negative: the sale is open. */
  readonly saleInDays: number;
  readonly presaleDays: number;
  /** A line before the public sale, drawn when it opens. */
  readonly hasLine: boolean;
  readonly tariff: Tariff;
};

/** Whose nights get a lobby while somebody looks; see seed-lobby.ts. */
export const LOBBY_SLUG = "velvet-meridian-afterglow";

/** Invented bands, teams and works; any likeness is an accident. */
export const DEMO_EVENTS: readonly DemoEvent[] = [
  {
    slug: "northern-static-signal-fires",
    venue: "arena",
    title: "Northern Static",
    subtitle: "Signal Fires Tour",
    genre: "Rock",
    description:
      "Four people, eleven amplifiers and a wall of light. Northern Static bring their fourth record to the harbour, in the round as far as physics allows, with the quiet songs in the middle where they belong.",
    inWeeks: 6,
    weekday: 6,
    starts: "20:00",
    doorsMinutesBefore: 90,
    lengthMinutes: 150,
    saleInDays: -2,
    presaleDays: 3,
    hasLine: false,
    tariff: ARENA_TARIFF,
  },
  {
    slug: LOBBY_SLUG,
    venue: "arena",
    title: "Velvet Meridian",
    subtitle: "Afterglow, live",
    genre: "Pop",
    description:
      "Strings, synthesisers and a choir of forty from the city's schools. An evening of pop with the lights up in the last third, so that everybody sees who they have been singing with.",
    inWeeks: 9,
    weekday: 5,
    starts: "19:30",
    doorsMinutesBefore: 90,
    lengthMinutes: 140,
    saleInDays: -1,
    presaleDays: 2,
    hasLine: false,
    tariff: scaled(ARENA_TARIFF, 110),
  },
  {
    slug: "harbour-herons-alder-city",
    venue: "arena",
    title: "Harbour Herons - Alder City Foxes",
    subtitle: "League, matchday 14",
    genre: "Ice hockey",
    description:
      "The Herons have not lost at home since October; the Foxes have not lost away. One of the two ends tonight. Families' block behind the north goal, standing places for whoever sings.",
    inWeeks: 3,
    weekday: 2,
    starts: "19:45",
    doorsMinutesBefore: 75,
    lengthMinutes: 150,
    saleInDays: -10,
    presaleDays: 0,
    hasLine: false,
    tariff: scaled(ARENA_TARIFF, 40),
  },
  {
    slug: "lowlands-laughing-out-loud",
    venue: "arena",
    title: "Laughing Out Lowlands",
    subtitle: "Twelve comedians, two hours, one microphone",
    genre: "Comedy",
    description:
      "Ten minutes each, then the light goes out, punchline or not. The sale opens soon: be there when it does, and keep a place in the line.",
    inWeeks: 14,
    weekday: 4,
    starts: "20:00",
    doorsMinutesBefore: 60,
    lengthMinutes: 130,
    saleInDays: 12,
    presaleDays: 0,
    hasLine: true,
    tariff: scaled(ARENA_TARIFF, 50),
  },
  {
    slug: "the-glass-orchard",
    venue: "theatre",
    title: "The Glass Orchard",
    subtitle: "A play in three frosts",
    genre: "Theatre",
    description:
      "A family of fruit growers has one night to save the blossom, and all its old quarrels to burn for warmth. In German with English surtitles; two intervals.",
    inWeeks: 2,
    weekday: 4,
    starts: "19:30",
    doorsMinutesBefore: 45,
    lengthMinutes: 165,
    saleInDays: -20,
    presaleDays: 5,
    hasLine: false,
    tariff: THEATRE_TARIFF,
  },
  {
    slug: "tidelines",
    venue: "theatre",
    title: "Tidelines",
    subtitle: "Dance for nine and a rising floor",
    genre: "Dance",
    description:
      "Nine dancers, four hundred litres of water and no words. Row A gets a towel. Seventy minutes without an interval.",
    inWeeks: 5,
    weekday: 5,
    starts: "20:00",
    doorsMinutesBefore: 45,
    lengthMinutes: 70,
    saleInDays: -3,
    presaleDays: 0,
    hasLine: false,
    tariff: scaled(THEATRE_TARIFF, 80),
  },
  {
    slug: "strings-at-dusk",
    venue: "theatre",
    title: "Strings at Dusk",
    subtitle: "The Lindenhof Players",
    genre: "Classical",
    description:
      "Two quintets and a new commission for strings and street lamps, played while it gets dark outside and, at the end, inside.",
    inWeeks: 4,
    weekday: 0,
    starts: "17:00",
    doorsMinutesBefore: 30,
    lengthMinutes: 110,
    saleInDays: -7,
    presaleDays: 2,
    hasLine: false,
    tariff: scaled(THEATRE_TARIFF, 90),
  },
  {
    slug: "the-clockwork-heron",
    venue: "theatre",
    title: "The Clockwork Heron",
    subtitle: "A musical for everybody over six",
    genre: "Family",
    description:
      "Somebody has wound the city's clock backwards, and only a mechanical bird has noticed. With a live band, much brass and a chase through the stalls.",
    inWeeks: 7,
    weekday: 6,
    starts: "15:00",
    doorsMinutesBefore: 45,
    lengthMinutes: 120,
    saleInDays: -5,
    presaleDays: 0,
    hasLine: false,
    tariff: scaled(THEATRE_TARIFF, 60),
  },
];
