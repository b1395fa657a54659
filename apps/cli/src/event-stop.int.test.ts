import { describeApp, key, seatItems } from "@onsale/api/testing/test-app";
import { EventId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { askTicketctl as run } from "./testing/run-ticketctl.ts";

describeApp("what an operator stops from the terminal", (app) => {
  test.each([
    ["cancel", "cancelled"],
    ["end", "ended"],
  ])("event %s asks for --yes, and its reason stands in the audit", async (verb, state) => {
    const { container } = app();
    const eventId = await app().openEvent();
    const asked = ["event", verb, eventId, "--reason", "the hall is flooded"];
    expect(await run(container, ...asked)).toMatchObject({ code: 2 });
    expect(await container.services.events.require(eventId)).toMatchObject({ state: "on_sale" });
    expect(await run(container, ...asked.slice(0, 3), "--reason", " ", "--yes")).toMatchObject({ code: 2 });
    expect(await run(container, ...asked, "--yes")).toMatchObject({ code: 0, answer: { event: { state } } });
    const [entry] = await container.database.sql`
      select actor, detail ->> 'to' as "to", detail ->> 'reason' as reason from audit
      where chain = ${eventId} and detail ->> 'to' = ${state}`;
    expect(entry).toEqual({ actor: "system:ticketctl", to: state, reason: "the hall is flooded" });
    expect(await run(container, ...asked, "--yes")).toMatchObject({
      code: 4,
      answer: { error: { code: "event.bad_transition" } },
    });
  });

  test("seats are blocked by their names; one that a fan holds is left to them and named", async () => {
    const { container } = app();
    const eventId = EventId.parse(await app().openEvent({ rows: 2, seats: 6 }));
    const fan = app().as(await app().account());
    await fan.hold.create({ eventId, operationId: key(), items: seatItems(2) });
    const because = ["--reason", "camera"];
    const blocked = await run(container, "event", "block", eventId, "--seats", "Hall, 1, 2-4", ...because);
    expect(blocked).toMatchObject({ code: 4, answer: { ok: false, changed: 2, refused: ["Hall, 1, 3"] } });
    expect(await run(container, "event", "show", eventId)).toMatchObject({
      answer: { stock: { blocked: 2, held: 1 } },
    });
    expect(
      await run(
        container,
        "event",
        "block",
        eventId,
        "--seats",
        "Hall, 2",
        "--seats",
        "Hall, 1, 1",
        ...because,
      ),
    ).toMatchObject({ code: 0, answer: { changed: 7 } });
    expect(await run(container, "event", "unblock", eventId, "--seats", "Hall", ...because)).toMatchObject({
      answer: { refused: ["Hall, 1, 3"] },
    });
    expect(await run(container, "event", "show", eventId)).toMatchObject({
      answer: { stock: { blocked: 0 } },
    });
    expect(await run(container, "event", "block", eventId, "--seats", "Hall, 9", ...because)).toMatchObject({
      code: 2,
    });
  });

  test("the list of events goes on where its page ended, and every page has the true count", async () => {
    const { container } = app();
    await app().openEvent();
    await app().openEvent();
    const seen: string[] = [];
    const totals = new Set<number>();
    let after: string[] | null = [];
    while (after !== null) {
      const { answer } = await run(container, "event", "list", "--limit", "2", ...after);
      const page = answer as { events: { id: string }[]; total: number; next: string | null };
      seen.push(...page.events.map(({ id }) => id));
      totals.add(page.total);
      after = page.next === null ? null : ["--after", page.next];
    }
    expect([...totals]).toEqual([new Set(seen).size]);
    expect(seen.length).toBeGreaterThan(2);
  });
});
