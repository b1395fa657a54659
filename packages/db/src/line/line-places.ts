import { z } from "zod";
import { LineState, MORE_TIME_MAX, PassEnd, type Place } from "@onsale/core/line/line";
import type { JoinRequest, JoinResult, LineStore } from "@onsale/core/line/line-store";
import type { Database, Sql } from "../client.ts";
import { retryConflicts } from "../retry.ts";
import { batchedCalls } from "./batched-calls.ts";

const JOINS_PER_STATEMENT = 500;
const PLACES_PER_STATEMENT = 500;
/** Of joinMany, which sends plain arrays. */
const ENTRIES_PER_STATEMENT = 10_000;

const PlaceRow = z.object({
  entry: z.string(),
  number: z.int().nullable(),
  admittedAtMs: z.int().nullable(),
  ended: PassEnd.nullable(),
  extensions: z.int(),
});
const Joined = z.array(
  z.discriminatedUnion("kind", [
    z.object({ kind: z.enum(["joined", "known"]), place: PlaceRow }),
    z.object({ kind: z.literal("not_open"), state: LineState }),
    z.object({ kind: z.literal("person_taken") }),
    z.object({ kind: z.literal("not_found") }),
  ]),
);

/** Fans' places: joining, looking, joining again. */
export function linePlaces({ sql }: Database) {
  return {
    // After the draw each batch holds the line's row, so a second one at the same time would only wait.
    join: batchedCalls((requests: readonly JoinRequest[]) => joinBatch(sql, requests), {
      batchMax: JOINS_PER_STATEMENT,
      flightsMax: 1,
    }),
    place: batchedCalls((asked: readonly PlaceQuestion[]) => findPlaces(sql, asked), {
      batchMax: PLACES_PER_STATEMENT,
      flightsMax: 2,
    }),
    async joinMany(lineId, requests) {
      let joined = 0;
      for (let at = 0; at < requests.length; at += ENTRIES_PER_STATEMENT) {
        const page = requests.slice(at, at + ENTRIES_PER_STATEMENT);
        const accounts = page.map((request) => request.accountId);
        const entries = page.map((request) => request.entry);
        const persons = page.map((request) => request.person);
        const [row] = await retryConflicts(
          () => sql`
            select join_many(${lineId}, ${accounts}::uuid[], ${entries}::uuid[], ${persons}::uuid[]) as joined`,
        );
        joined += z
          .int()
          .nullable()
          .transform((count) => count ?? 0)
          .parse(row?.["joined"]);
      }
      return joined;
    },
    async rejoin({ lineId, accountId, seen }) {
      const [row] = await retryConflicts(
        () => sql`select rejoin_line(${lineId}, ${accountId}, ${seen ?? null}) as place`,
      );
      return PlaceRow.nullable().parse(row?.["place"]);
    },
    async grantMoreTime({ lineId, accountId }) {
      const [row] = await retryConflicts(
        () => sql`select grant_more_time(${lineId}, ${accountId}, ${MORE_TIME_MAX}) as place`,
      );
      return PlaceRow.nullable().parse(row?.["place"]);
    },
  } satisfies Partial<LineStore>;
}

async function joinBatch(sql: Sql, requests: readonly JoinRequest[]): Promise<JoinResult[]> {
  const batch = JSON.stringify(requests);
  const [row] = await retryConflicts(() => sql`select join_line(${batch}::text::jsonb) as results`);
  return Joined.parse(row?.["results"]);
}

type PlaceQuestion = Parameters<LineStore["place"]>[0];

async function findPlaces(sql: Sql, asked: readonly PlaceQuestion[]): Promise<(Place | null)[]> {
  const lineIds = asked.map((question) => question.lineId);
  const accountIds = asked.map((question) => question.accountId);
  const rows = await sql`
    select line_place(e) as place
    from unnest(${lineIds}::uuid[], ${accountIds}::uuid[]) with ordinality q (line_id, account_id, n)
    left join line l on l.id = q.line_id
    left join line_entry e on e.line_no = l.line_no and e.account_id = q.account_id
    order by q.n`;
  return rows.map((row) => {
    const { entry } = z.object({ entry: z.string().nullable() }).parse(row["place"]);
    return entry === null ? null : PlaceRow.parse(row["place"]);
  });
}
