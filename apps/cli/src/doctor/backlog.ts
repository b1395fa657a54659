import type { Container } from "@onsale/api/compose/container";
import {
  isMail,
  type JobBacklog,
  JOBS_COUNTED_MAX,
  JOBS_LATE_MS,
  oldestOf,
  ORDERS_LATE_MS,
  type StreamBacklog,
} from "@onsale/core/worker/backlog";
import { plural } from "../words.ts";
import { bad, type Check, good, warning } from "./check.ts";

/** Longer than this, and whatever does it is away rather than busy. */
const STUCK_MS = 600_000;
const A_WORKER = "Start `ticketctl worker`; where one runs, its log says what holds it up.";

export async function checkBacklog({ readBacklog, services }: Container): Promise<readonly Check[]> {
  const { streams, jobs } = await readBacklog();
  const oldest = oldestOf(streams);
  const slug = oldest && (await services.events.require(oldest.eventId)).slug;
  return [judgeOrders(streams, slug), judgeJobs(jobs), judgeMail(jobs)];
}

/** `slug` is that of the event whose stream has waited longest. */
export function judgeOrders(streams: readonly StreamBacklog[], slug: string | null): Check {
  const oldest = oldestOf(streams);
  if (oldest === null) return good("orders", "none waits for a worker");
  const count = plural(
    streams.reduce((sum, { waiting }) => sum + waiting, 0),
    "entry waits",
    "entries wait",
  );
  const found = `${count} for a worker, the oldest for ${ageWords(oldest.oldestMs)}`;
  if (oldest.oldestMs <= ORDERS_LATE_MS) return good("orders", found);
  return bad("orders", `${found} (${slug ?? oldest.eventId})`, `Fans wait at checkout. ${A_WORKER}`);
}

export function judgeJobs(jobs: readonly JobBacklog[]): Check {
  return judge("jobs", {
    jobs: jobs.filter((job) => !isMail(job)),
    none: "none is due",
    todo: `${A_WORKER} \`ticketctl jobs list\` has the last error of each.`,
  });
}

export function judgeMail(jobs: readonly JobBacklog[]): Check {
  return judge("mail", {
    jobs: jobs.filter(isMail),
    none: "none is unsent",
    todo: `\`ticketctl jobs list\` has the last error of each: where it is the mail server's, correct MAIL_URL or start it. ${A_WORKER}`,
  });
}

type Asked = { readonly jobs: readonly JobBacklog[]; readonly none: string; readonly todo: string };

function judge(id: string, { jobs, none, todo }: Asked): Check {
  const oldest = oldestOf(jobs);
  if (oldest === null) return good(id, none);
  const kinds = jobs.map(({ kind, waiting }) => `${kind} ${countWords(waiting)}`).join(", ");
  const found = `${kinds}; the oldest (${oldest.kind}) for ${ageWords(oldest.oldestMs)}`;
  if (oldest.oldestMs <= JOBS_LATE_MS) return good(id, found);
  return oldest.oldestMs <= STUCK_MS ? warning(id, found, todo) : bad(id, found, todo);
}

const countWords = (count: number) => (count < JOBS_COUNTED_MAX ? `${count}` : `${count} or more`);

function ageWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
