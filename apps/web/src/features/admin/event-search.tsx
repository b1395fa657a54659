import { EventState } from "@onsale/core/event/event";
import { FilterChoice, FilterText, ListFilter } from "../../ui/table/list-filter.tsx";
import { paramText } from "../../ui/param-text.ts";
import { STATE_WORDS } from "./event-state.tsx";

export type EventParams = Readonly<Record<"q" | "state" | "sort" | "dir" | "after", string>>;

export const EVENT_FILTERS = ["q", "state"] as const;

/** One choice for the three states in which seats are taken or could be in a moment. */
const SELLING: readonly EventState[] = ["on_sale", "paused", "sold_out"];

export function readEventParams(params: Record<string, string | string[] | undefined>): EventParams {
  const text = (name: string, max?: number) => paramText(params, name, max);
  return {
    q: text("q", 100),
    state: text("state"),
    sort: text("sort"),
    dir: text("dir"),
    after: text("after"),
  };
}

/** undefined: every state. */
export function statesOf(state: string): EventState[] | undefined {
  if (state === "selling") return [...SELLING];
  const one = EventState.safeParse(state);
  return one.success ? [one.data] : undefined;
}

type Counts = Partial<Record<EventState, number>>;

export function EventSearch({ params, counts }: { params: EventParams; counts: Counts }) {
  const selling = SELLING.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  return (
    <ListFilter path="/admin/events" params={params} filters={EVENT_FILTERS}>
      <FilterText label="Title, venue, city, genre or month" value={params.q} />
      <FilterChoice
        label="State"
        name="state"
        value={params.state}
        all="Every state"
        options={[
          ["selling", `Selling now (${selling})`],
          ...EventState.options.map(
            (state) => [state, `${STATE_WORDS[state].label} (${counts[state] ?? 0})`] as const,
          ),
        ]}
      />
    </ListFilter>
  );
}
