import { EventId } from "@onsale/core/shared/ids";
import { OfferState, WaitlistEnd, WaitlistState, WaitlistWishes } from "@onsale/core/waitlist/waitlist";
import type { Wait } from "@onsale/core/waitlist/waitlist-store";
import { z } from "zod";
import type { RequestContext } from "../context.ts";
import { fanProcedure, memberProcedure, router } from "../trpc.ts";

const OneEvent = z.strictObject({ eventId: EventId });

/** A fan's wait. Times are the server's; `nowMs` lets a browser with a wrong clock count down rightly. */
const WaitView = z.object({
  event: z.object({
    id: z.string(),
    slug: z.string(),
    title: z.string(),
    timeZone: z.string(),
    currency: z.string(),
  }),
  state: WaitlistState,
  ended: WaitlistEnd.nullable(),
  wishes: WaitlistWishes,
  lineNumber: z.number().nullable(),
  joinedAtMs: z.number(),
  /** Fans who are asked before this one. */
  ahead: z.number(),
  offer: z
    .object({
      holdId: z.string(),
      places: z.array(z.string()),
      /** How many seats, and how many places in standing areas. */
      seats: z.number(),
      standing: z.number(),
      /** The whole price of all of them; null while the shard cannot say. */
      totalMinor: z.number().nullable(),
      expiresAtMs: z.number(),
      nowMs: z.number(),
    })
    .nullable(),
});

async function waitView(
  { services, clock }: Pick<RequestContext, "services" | "clock">,
  wait: Wait,
): Promise<z.infer<typeof WaitView>> {
  const { entry, ahead } = wait;
  const { event, offer } = await services.waitlist.show(wait);
  const { id, slug, title, timeZone, currency } = event;
  return {
    event: { id, slug, title, timeZone, currency },
    state: entry.state,
    ended: entry.ended,
    wishes: entry.wishes,
    lineNumber: entry.lineNumber,
    joinedAtMs: entry.joinedAtMs,
    ahead,
    offer: offer && { ...offer, nowMs: clock.nowMs() },
  };
}

export const waitlistRouter = router({
  /** Once per account and event; again with other wishes keeps the place. */
  join: fanProcedure
    .meta({ limit: "join", guard: "line.join" })
    .input(OneEvent.extend({ wishes: WaitlistWishes }))
    .output(WaitView)
    .mutation(async ({ ctx: { services, clock, actor }, input }) =>
      waitView({ services, clock }, await services.waitlist.join(actor, input)),
    ),

  change: fanProcedure
    .meta({ limit: "join", guard: "known" })
    .input(OneEvent.extend({ wishes: WaitlistWishes }))
    .output(WaitView)
    .mutation(async ({ ctx: { services, clock, actor }, input }) =>
      waitView({ services, clock }, await services.waitlist.change(actor, input)),
    ),

  /** Gives up the place, and offered seats with it. */
  leave: fanProcedure
    .meta({ limit: "join" })
    .input(OneEvent)
    .output(z.object({}))
    .mutation(async ({ ctx: { services, actor }, input }) => {
      await services.waitlist.leave(actor, input.eventId);
      return {};
    }),

  /** With an event: the wait for it, also one that is over. Without: all waits that run. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ eventId: EventId.exactOptional() }).default({}))
    .output(z.array(WaitView))
    .query(async ({ ctx: { services, clock, actor }, input }) => {
      const { waitlist } = services;
      const waits = input.eventId
        ? [await waitlist.find(actor, input.eventId)].filter((wait) => wait !== null)
        : await waitlist.mine(actor);
      return Promise.all(waits.map((wait) => waitView({ services, clock }, wait)));
    }),

  /** The offered seats go to the next fan. */
  decline: fanProcedure
    .meta({ limit: "holdChange" })
    .input(OneEvent)
    .output(z.object({}))
    .mutation(async ({ ctx: { services, actor }, input }) => {
      await services.waitlist.decline(actor, input.eventId);
      return {};
    }),
});

const ListedWait = z.object({
  id: z.string(),
  email: z.string(),
  lineNumber: z.number().nullable(),
  state: WaitlistState,
  ended: WaitlistEnd.nullable(),
  wishes: WaitlistWishes,
  joinedAtMs: z.number(),
  offers: z.number(),
  offer: z.object({ state: OfferState, offeredAtMs: z.number(), expiresAtMs: z.number() }).nullable(),
});
const count = z.number();
const LISTED_MAX = 1_000;

export const adminWaitlistRouter = router({
  /** In the order in which they are asked; those whose wait is over come last. Counts and demand are of everybody. */
  list: memberProcedure("waitlist.read")
    .input(OneEvent.extend({ limit: z.int().min(1).max(LISTED_MAX).default(LISTED_MAX) }))
    .output(
      z.object({
        counts: z.object({
          waiting: count,
          ticketsWanted: count,
          offered: count,
          bought: count,
          declined: count,
          lapsed: count,
          left: count,
        }),
        /** What those who wait would take; `label` null: any price level. */
        demand: z.array(z.object({ label: z.string().nullable(), fans: count, tickets: count })),
        /** How price levels and sections are called, by key. */
        names: z.object({
          levels: z.record(z.string(), z.string()),
          sections: z.record(z.string(), z.string()),
        }),
        entries: z.array(ListedWait),
      }),
    )
    .query(async ({ ctx: { services }, input }) => {
      const { counts, demand, entries, plan } = await services.waitlist.list(input.eventId, input.limit);
      const named = (things: readonly { key: string; label: string }[]) =>
        Object.fromEntries(things.map(({ key, label }) => [key, label]));
      const names = { levels: named(plan.categories), sections: named(plan.sections) };
      return {
        counts,
        demand: demand.map(({ level, ...rest }) => ({
          ...rest,
          label: level === null ? null : (names.levels[level] ?? level),
        })),
        names,
        entries,
      };
    }),
});
