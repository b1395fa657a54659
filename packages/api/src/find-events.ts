import { listEvent, makeProgramme } from "@onsale/core/programme/programme";
import { findWords } from "@onsale/core/programme/search-programme";
import { everyPage } from "@onsale/core/shared/page";
import type { Container } from "./compose/container.ts";

const ROWS_PER_READ = 1_000;

/** Ids of events of every time and state that a query speaks of, by the storefront's rules; for those who sell. */
export async function findEvents({ events, clock }: Container, query: string): Promise<readonly string[]> {
  const all = await everyPage((after) => events.listEvents({ after, limit: ROWS_PER_READ }));
  const programme = makeProgramme(all.map((event) => listEvent(event, null)));
  const found = findWords(programme, query, clock.nowMs());
  return programme.listed.flatMap(({ event }, at) => (found === null || found.has(at) ? [event.id] : []));
}
