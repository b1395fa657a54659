import type { EventOwnerStore } from "@onsale/core/order/event-owner";
import { EventId } from "@onsale/core/shared/ids";
import { z } from "zod";
import type { Database } from "../client.ts";
import { retryConflicts } from "../retry.ts";

const Shared = z.object({
  owned: z.array(z.object({ eventId: EventId, fence: z.int(), taken: z.boolean() })),
  foreign: z.array(EventId),
});

/** Who owns which event stands in Postgres, because a stage's transaction has to see it. */
export function makePgEventOwnerStore({ sql }: Database): EventOwnerStore {
  return {
    async own({ worker, eventIds, leaseMs }) {
      const [row] = await retryConflicts(
        () => sql`select own_events(${worker}, ${[...eventIds]}::uuid[], ${leaseMs}) as shared`,
      );
      const { owned, foreign } = Shared.parse(row?.["shared"]);
      return {
        owned: owned.map(({ eventId, fence }) => ({ eventId, fence })),
        taken: owned.filter(({ taken }) => taken).map(({ eventId }) => eventId),
        foreign,
      };
    },
    async leave(worker) {
      await sql`select leave_events(${worker})`;
    },
  };
}
