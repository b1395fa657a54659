import { EVENT_NEXT, type EventState } from "@onsale/core/event/event";
import styles from "./event-state.module.css";

export const STATE_WORDS = {
  draft: { label: "Draft", tone: "off" },
  published: { label: "Published", tone: "wait" },
  on_sale: { label: "On sale", tone: "go" },
  paused: { label: "Paused", tone: "wait" },
  sold_out: { label: "Sold out", tone: "off" },
  ended: { label: "Ended", tone: "off" },
  cancelled: { label: "Cancelled", tone: "off" },
} as const satisfies Record<EventState, { label: string; tone: "go" | "wait" | "off" }>;

export function StateMark({ state }: { state: EventState }) {
  const { label, tone } = STATE_WORDS[state];
  return (
    <span className={styles["state"]} data-tone={tone}>
      {label}
    </span>
  );
}

export type Move = { readonly to: EventState; readonly label: string; readonly asks: string | null };

/** What may be done with an event now, in the words of the button; `asks` is what to confirm first. */
export function movesFrom(state: EventState): Move[] {
  return EVENT_NEXT[state].filter((to) => to !== "sold_out").map((to) => ({ to, ...moveWords(state, to) }));
}

function moveWords(from: EventState, to: EventState): { label: string; asks: string | null } {
  switch (to) {
    case "published":
      return { label: "Publish", asks: null };
    case "draft":
      return { label: "Back to draft", asks: null };
    case "on_sale":
      return { label: from === "paused" ? "Resume the sale" : "Open the sale", asks: null };
    case "paused":
      return { label: "Pause the sale", asks: null };
    case "ended":
      return { label: "End the sale", asks: "End the sale for good? It cannot be opened again." };
    case "cancelled":
      return {
        label: "Cancel the event",
        asks: "Cancel the event for good? Everybody with tickets or an open order gets a mail. Money that was paid is not returned by this.",
      };
    case "sold_out":
      return { label: "Sold out", asks: null };
  }
}
