import type { Container } from "@onsale/api/compose/container";
import { areaPlace, seatName } from "@onsale/core/layout/place-name";
import { compileLayout, type SeatPlan } from "@onsale/core/layout/seat-plan";
import type { LayoutId } from "@onsale/core/shared/ids";

/** null: the event has no layout yet. */
export async function planOf(
  { layouts }: Pick<Container, "layouts">,
  layoutId: LayoutId | null,
): Promise<SeatPlan | null> {
  const layout = layoutId === null ? null : await layouts.find(layoutId);
  return layout ? compileLayout(layout.document) : null;
}

/** "Floor, 3, 7", as the option --seats takes it. */
export function placeOfSeat(plan: SeatPlan, seatNo: number): string {
  const { section, row, seat } = seatName(plan, seatNo);
  return [section, row, seat].join(", ");
}

type EventNames = {
  readonly slug: string | null;
  /** Of what has a `seatNo` or an `areaNo`; null: it has none, or the event has no layout. */
  readonly place: (of: object) => string | null;
};

/** By which names people know an event and its places, each event read once. */
export function makeEventNames({ events, layouts }: Pick<Container, "events" | "layouts">) {
  const known = new Map<string, Promise<EventNames>>();

  async function read(idOrSlug: string): Promise<EventNames> {
    const event = await events.findEvent(idOrSlug);
    const plan = event && (await planOf({ layouts }, event.layoutId));
    return {
      slug: event?.slug ?? null,
      place(of) {
        if (!plan) return null;
        if ("seatNo" in of && typeof of.seatNo === "number") return placeOfSeat(plan, of.seatNo);
        return "areaNo" in of && typeof of.areaNo === "number" ? areaPlace(plan, of.areaNo).section : null;
      },
    };
  }

  return (idOrSlug: string): Promise<EventNames> => {
    const names = known.get(idOrSlug) ?? read(idOrSlug);
    known.set(idOrSlug, names);
    return names;
  };
}
