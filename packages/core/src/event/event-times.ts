import type { Problem } from "../layout/problem.ts";
import type { EventDraft } from "./event.ts";

/** What is odd about an event's times, whatever the time is now; a draft is refused for it as well as a publication. */
export function eventTimeProblems({
  doorsAtMs,
  startsAtMs,
  endsAtMs,
}: Pick<EventDraft, "doorsAtMs" | "startsAtMs" | "endsAtMs">): Problem[] {
  const problems: Problem[] = [];
  if (doorsAtMs !== null && doorsAtMs > startsAtMs)
    problems.push({
      code: "event.doors_late",
      path: "doorsAtMs",
      message: "The doors open after the start.",
    });
  if (endsAtMs !== null && endsAtMs <= startsAtMs)
    problems.push({
      code: "event.ends_early",
      path: "endsAtMs",
      message: "The end is not after the start.",
    });
  return problems;
}
