import { AdminWaitlist, WaitlistAsk } from "@onsale/contract/admin-waitlist";
import { Nothing, OneEvent } from "@onsale/contract/shared";
import { JoinWaitlist, MyWaits, MyWaitsAsk, WaitView } from "@onsale/contract/waitlist";
import type { Wait } from "@onsale/core/waitlist/waitlist-store";
import type { RequestContext } from "../context.ts";
import { fanProcedure, memberProcedure, router } from "../trpc.ts";

async function waitView(
  { services, clock }: Pick<RequestContext, "services" | "clock">,
  wait: Wait,
): Promise<WaitView> {
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
    .input(JoinWaitlist)
    .output(WaitView)
    .mutation(async ({ ctx: { services, clock, actor }, input }) =>
      waitView({ services, clock }, await services.waitlist.join(actor, input)),
    ),

  change: fanProcedure
    .meta({ limit: "join", guard: "known" })
    .input(JoinWaitlist)
    .output(WaitView)
    .mutation(async ({ ctx: { services, clock, actor }, input }) =>
      waitView({ services, clock }, await services.waitlist.change(actor, input)),
    ),

  /** Gives up the place, and offered seats with it. */
  leave: fanProcedure
    .meta({ limit: "join" })
    .input(OneEvent)
    .output(Nothing)
    .mutation(async ({ ctx: { services, actor }, input }) => {
      await services.waitlist.leave(actor, input.eventId);
      return {};
    }),

  /** With an event: the wait for it, also one that is over. Without: all waits that run. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .input(MyWaitsAsk.default({}))
    .output(MyWaits)
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
    .output(Nothing)
    .mutation(async ({ ctx: { services, actor }, input }) => {
      await services.waitlist.decline(actor, input.eventId);
      return {};
    }),
});

export const adminWaitlistRouter = router({
  /** In the order in which they are asked; those whose wait is over come last. Counts and demand are of everybody. */
  list: memberProcedure("waitlist.read")
    .input(WaitlistAsk)
    .output(AdminWaitlist)
    .query(async ({ ctx: { services, actor }, input: { eventId, ...ask } }) => {
      const { counts, demand, entries, total, plan } = await services.waitlist.list(actor, eventId, ask);
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
        entries: [...entries],
        total,
      };
    }),
});
