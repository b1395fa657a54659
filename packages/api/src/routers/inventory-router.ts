import { publicDelta } from "@onsale/core/inventory/snapshot-wire";
import type { InventoryDelta } from "@onsale/core/inventory/inventory";
import { AppError } from "@onsale/core/shared/errors";
import { EventId } from "@onsale/core/shared/ids";
import { tracked } from "@trpc/server";
import { z } from "zod";
import { publicProcedure, router } from "../trpc.ts";

/** Changes are sent together this often: a person sees no difference, and a thousand maps cost a tenth. */
const FLUSH_MS = 100;
/** A listener this far behind starts over from a snapshot instead of holding memory here. */
const BACKLOG_MAX = 5_000;

export const inventoryRouter = router({
  /**
   * Changes of an event's stock after `lastEventId`, which a snapshot or an earlier message named. A `reset` message
   * means: fetch the snapshot again.
   */
  deltas: publicProcedure
    .input(
      z.strictObject({
        eventId: EventId,
        lastEventId: z
          .string()
          .regex(/^\d{1,20}-\d{1,20}$/)
          .nullish(),
      }),
    )
    .subscription(async function* ({ ctx: { container }, input, signal }) {
      const event = await container.catalog.find(input.eventId);
      if (!event) throw new AppError("event.not_found", "There is no such event.");
      let backlog: InventoryDelta[] = [];
      let reset = false;
      let wake: () => void = () => undefined;
      const stop = await container.feed.listen(input.eventId, (delta) => {
        if (delta === "reset" || backlog.length >= BACKLOG_MAX) reset = true;
        else backlog.push(delta);
        wake();
      });
      const stopped = () => signal?.aborted === true;
      signal?.addEventListener("abort", () => wake());
      try {
        // What happened between the caller's snapshot and now is not kept per listener: a short gap costs one snapshot.
        if (input.lastEventId && input.lastEventId !== (await container.feed.idOf(input.eventId)))
          reset = true;
        while (!stopped()) {
          if (!reset && backlog.length === 0) await new Promise<void>((resolve) => (wake = resolve));
          if (stopped()) return;
          await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
          const deltas = backlog;
          backlog = [];
          if (reset) {
            reset = false;
            yield tracked(await container.feed.idOf(input.eventId), { kind: "reset" as const });
          } else if (deltas.length > 0) {
            const last = deltas[deltas.length - 1];
            yield tracked(last?.id ?? "0-0", { kind: "delta" as const, ...publicDelta(deltas) });
          }
        }
      } finally {
        stop();
      }
    }),
});
