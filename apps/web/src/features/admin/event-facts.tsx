import type { AdminEvent } from "@onsale/contract/admin-event";
import { formatDayAndTime } from "@onsale/core/shared/format";
import { whereWords } from "../event/event-words.ts";
import styles from "./event-facts.module.css";

/** The details of an event for a role that changes none of them. */
export function EventFacts({ event }: { event: AdminEvent }) {
  const { timeZone } = event;
  const when = (atMs: number | null) => (atMs === null ? "" : formatDayAndTime(atMs, { timeZone }));
  const facts: readonly (readonly [string, string])[] = [
    ["Subtitle", event.subtitle],
    ["Genre", event.genre],
    ["Venue", whereWords(event.venue)],
    ["Starts", when(event.startsAtMs)],
    ["Doors", when(event.doorsAtMs)],
    ["Ends", when(event.endsAtMs)],
    ["Online sale ends", when(event.salesEndAtMs)],
    ["Time zone", timeZone],
    ["Currency", event.currency],
    ["Seats are held for", minutes(event.holdTtlMs)],
    ["Tickets per fan", String(event.maxPerFan)],
    ...event.saleWindows.map(
      ({ label, opensAtMs, closesAtMs }) =>
        [`Sale window: ${label}`, `${when(opensAtMs)} to ${when(closesAtMs)}`] as const,
    ),
  ];
  return (
    <dl className={styles["facts"]}>
      {facts
        .filter(([, value]) => value !== "")
        .map(([label, value], index) => (
          <div key={`${index} ${label}`}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function minutes(ms: number): string {
  const count = Math.round(ms / 60_000);
  return count === 1 ? "a minute" : `${count} minutes`;
}
