import { DeltasAsk } from "@onsale/contract/inventory";
import { tracked } from "@trpc/server";
import { publicProcedure, router } from "../trpc.ts";
import { readInTurn } from "../live/read-in-turn.ts";

export const inventoryRouter = router({
  /**
   * Changes of an event's stock after `lastEventId`. A `reset` message means: fetch the snapshot again. How many may be open is decided before (http/stream-slots.ts).
   */
  deltas: publicProcedure.input(DeltasAsk).subscription(async function* ({
    ctx: { services },
    input,
    signal,
  }) {
    await services.catalog.requirePublic(input.eventId);
    for await (const { id, data } of readInTurn(services.stock, {
      eventId: input.eventId,
      since: input.lastEventId ?? null,
      signal,
    }))
      yield tracked(id, data);
  }),
});
