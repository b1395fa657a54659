import { EventState } from "@onsale/core/event/event";
import { Button } from "../../ui/button.tsx";
import { paramText } from "../../ui/table/list-link.ts";
import styles from "./list-tools.module.css";

export type EventParams = Readonly<Record<"q" | "state" | "sort" | "dir" | "after", string>>;

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
    <search>
      <form action="/admin/events" className={styles["tools"]}>
        <label>
          Title, venue, city, genre or month
          <input type="search" name="q" defaultValue={params.q} maxLength={100} />
        </label>
        <label>
          State
          <select name="state" defaultValue={params.state}>
            <option value="">Every state</option>
            <option value="selling">{`Selling now (${selling})`}</option>
            {EventState.options.map((state) => (
              <option key={state} value={state}>
                {`${state.replace("_", " ")} (${counts[state] ?? 0})`}
              </option>
            ))}
          </select>
        </label>
        {params.sort !== "" && <input type="hidden" name="sort" value={params.sort} />}
        {params.dir !== "" && <input type="hidden" name="dir" value={params.dir} />}
        <Button type="submit">Show</Button>
      </form>
    </search>
  );
}
