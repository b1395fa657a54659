import { randomUUID } from "node:crypto";
import type { Organizer } from "./test.ts";

export type OwnEvent = { readonly id: string; readonly slug: string; readonly title: string };

type Wanted = {
  /** The demo's event that it is a copy of: its plan, its prices. */
  readonly like?: "the-glass-orchard" | "tidelines";
  readonly title?: string;
  readonly state?: "draft" | "published" | "on_sale";
  /** What its price list has instead. */
  readonly prices?: Readonly<Record<string, unknown>>;
};

/** Behind the demo's own in the programme, however many there are. */
const LATER_MS = 52 * 7 * 24 * 60 * 60_000;

/** An event that no other test knows, so that nothing a test does to it is seen by another. */
export async function ownEvent(
  organizer: Organizer,
  { like = "the-glass-orchard", title, state = "on_sale", prices = {} }: Wanted = {},
): Promise<OwnEvent> {
  const { event, priceList } = (await organizer.query("admin.events.get", { idOrSlug: like })) as {
    event: Record<string, unknown>;
    priceList: Record<string, unknown>;
  };
  const {
    id: _id,
    organizationId,
    state: _state,
    venue,
    priceVersion: _prices,
    detailsVersion: _details,
    ...draft
  } = event;
  const name = title ?? String(draft["title"]);
  const created = await organizer.mutate("admin.events.create", {
    organizationId,
    draft: {
      ...draft,
      venueId: (venue as { id: string }).id,
      title: name,
      slug: `own-${randomUUID()}`,
      saleWindows: [],
      startsAtMs: Number(draft["startsAtMs"]) + LATER_MS,
      doorsAtMs: Number(draft["doorsAtMs"]) + LATER_MS,
      endsAtMs: Number(draft["endsAtMs"]) + LATER_MS,
    },
  });
  const own = { id: String(created["id"]), slug: String(created["slug"]), title: name };
  if (state === "draft") return own;
  await organizer.mutate("admin.events.publishPrices", {
    eventId: own.id,
    version: 0,
    priceList: { ...priceList, ...prices },
  });
  await organizer.mutate("admin.events.move", { eventId: own.id, to: "published" });
  if (state === "on_sale") await organizer.mutate("admin.events.move", { eventId: own.id, to: "on_sale" });
  return own;
}
