import { expect, test } from "vitest";
import { appRouter } from "./router.ts";
import { describeHouse, type House } from "./testing/test-house.ts";

/** Who may call what. A procedure that is not listed here fails the test: access is decided, never forgotten. */
const ACCESS: Record<string, "anyone" | "fan" | "organizer"> = {
  "account.signUp": "anyone",
  "account.completeSignUp": "anyone",
  "account.password.change": "fan",
  "account.password.startReset": "anyone",
  "account.password.finishReset": "anyone",
  "account.sessions.list": "fan",
  "account.sessions.end": "fan",
  "account.sessions.endAll": "fan",
  "account.me": "anyone",
  "account.verifyEmail.start": "fan",
  "account.verifyEmail.confirm": "fan",
  "event.list": "anyone",
  "event.bySlug": "anyone",
  "inventory.deltas": "anyone",
  "line.join": "fan",
  "line.mine": "fan",
  "line.checkIn": "fan",
  "line.enter": "fan",
  "line.renew": "fan",
  "line.moreTime": "fan",
  "line.leave": "fan",
  "line.rejoin": "fan",
  "line.proof": "anyone",
  "hold.create": "fan",
  "hold.bestAvailable": "fan",
  "hold.mine": "fan",
  "hold.reprice": "fan",
  "hold.extend": "fan",
  "hold.release": "fan",
  "checkout.start": "fan",
  "checkout.refresh": "fan",
  "checkout.cancel": "fan",
  "order.get": "fan",
  "order.latestIn": "fan",
  "order.mine": "fan",
  "ticket.mine": "fan",
  "ticket.get": "fan",
  "access.redeem": "fan",
  "access.mine": "fan",
  "waitlist.join": "fan",
  "waitlist.change": "fan",
  "waitlist.leave": "fan",
  "waitlist.mine": "fan",
  "waitlist.decline": "fan",
  "admin.waitlist.list": "organizer",
  "admin.access.overview": "organizer",
  "admin.access.createCodes": "organizer",
  "admin.access.revoke": "organizer",
  "admin.access.addEmails": "organizer",
  "admin.access.removeEmails": "organizer",
  "admin.layouts.list": "organizer",
  "admin.layouts.get": "organizer",
  "admin.layouts.import": "organizer",
  "admin.events.list": "organizer",
  "admin.events.get": "organizer",
  "admin.events.create": "organizer",
  "admin.events.update": "organizer",
  "admin.events.publishPrices": "organizer",
  "admin.events.move": "organizer",
  "admin.events.sales": "organizer",
  "admin.events.setBlocked": "organizer",
  "admin.lines.list": "organizer",
  "admin.lines.create": "organizer",
  "admin.lines.configure": "organizer",
  "admin.lines.remove": "organizer",
  "admin.lines.levers": "organizer",
  "admin.lines.move": "organizer",
  "admin.lines.publicValue": "organizer",
  "admin.lines.live": "organizer",
  "admin.lines.waves": "organizer",
  "admin.venues.list": "organizer",
  "admin.risk.list": "organizer",
  "admin.risk.get": "organizer",
  "admin.risk.clear": "organizer",
  "admin.risk.block": "organizer",
  "admin.venues.create": "organizer",
  "admin.venues.setAddress": "organizer",
};

const procedures = Object.keys(appRouter._def.procedures);

describeHouse("access", (house) => {
  test("every procedure has an access rule, and every rule a procedure", () => {
    expect(procedures.sort()).toEqual(Object.keys(ACCESS).sort());
  });

  const turnedAway = async (name: string, caller: ReturnType<House["as"]>) => {
    const procedure = name
      .split(".")
      .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller);
    return (procedure as (input: unknown) => Promise<unknown>)(undefined).then(
      () => "OK",
      (error: { code?: string }) => error.code,
    );
  };

  test("a session that was ended elsewhere has no staff rights from then on", async () => {
    const organizer = await house().account("organizer");
    const { sessions, sessionRows } = house().container;
    const signedIn = await sessions.read(await sessions.issue(organizer));
    const sessionId = signedIn?.sessionId ?? null;
    const caller = house().as(organizer, null, sessionId);
    expect(await turnedAway("admin.events.list", caller)).toBe("OK");
    await sessionRows.endAll({ accountId: organizer.id, except: null, by: "elsewhere" });
    expect(await turnedAway("admin.events.list", caller)).toBe("FORBIDDEN");
  });

  test.each(procedures.filter((name) => ACCESS[name] !== "anyone"))(
    "%s turns away who is not signed in",
    async (name) => {
      expect(await turnedAway(name, house().as(null))).toBe("UNAUTHORIZED");
    },
  );

  test.each(procedures.filter((name) => ACCESS[name] === "organizer"))(
    "%s turns away a fan",
    async (name) => {
      expect(await turnedAway(name, house().as(await house().account("fan")))).toBe("FORBIDDEN");
    },
  );
});
