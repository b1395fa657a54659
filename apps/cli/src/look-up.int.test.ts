import { must } from "@onsale/core/shared/assert";
import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { describeApp, key, seatItems } from "@onsale/api/testing/test-app";
import { EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { askTicketctl as run } from "./testing/run-ticketctl.ts";

describeApp("what an operator looks up", (app) => {
  test("the audit of an event and of an account is read page by page, and its chain is whole", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    const seen: number[] = [];
    let after: string[] | null = [];
    while (after !== null) {
      const { answer } = await run(container, "audit", "list", eventId, "--limit", "1", ...after);
      const page = answer as { entries: { seq: number }[]; total: number; next: string | null };
      seen.push(...page.entries.map(({ seq }) => seq));
      after = page.next === null ? null : ["--after", page.next];
    }
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    const fan = await app().account();
    await run(container, "account", "role", fan.email, "operator", "--reason", "runs the spring season");
    expect(await run(container, "audit", "list", fan.email)).toMatchObject({
      answer: { entries: [{ action: "account.role", detail: { reason: "runs the spring season" } }] },
    });
    expect(await run(container, "audit", "verify")).toMatchObject({
      code: 0,
      answer: { ok: true, faults: [] },
    });
    expect(await run(container, "audit", "list", "no-such-show")).toMatchObject({ code: 3 });
  });

  test("an entry that was changed, and a chain that was written anew, are found", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    const { answer } = await run(container, "audit", "verify", eventId);
    const { last } = answer as { last: { seq: number; hash: string } };
    const kept = ["--kept", `${last.seq}:${last.hash}`];
    expect(await run(container, "audit", "verify", eventId, ...kept)).toMatchObject({
      code: 0,
      answer: { kept: true },
    });
    await app().owner.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update audit set actor = 'nobody' where chain = ${eventId} and seq = 1`;
    });
    expect(await run(container, "audit", "verify", eventId)).toMatchObject({
      code: 3,
      answer: { ok: false, faultCount: 1, faults: [{ chain: eventId, seq: 1, wrong: "changed" }] },
    });
    // Whoever owns the tables can make a chain that fits again; it is another one.
    await app().owner.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`select guard_tx()`;
      await tx`delete from audit where chain = ${eventId}`;
      await tx`delete from audit_head where chain = ${eventId}`;
      for (let n = 0; n < last.seq; n += 1)
        await tx`select audit_append(${eventId}, 'nobody', 'event.moved', '{}')`;
    });
    expect(await run(container, "audit", "verify", eventId)).toMatchObject({ code: 0 });
    expect(await run(container, "audit", "verify", eventId, ...kept)).toMatchObject({
      code: 3,
      answer: { ok: false, kept: false },
    });
  });

  test("orders are found by address, by seat and by reference", async () => {
    const { container } = app();
    app().work();
    const eventId = EventId.parse(await app().openEvent({ rows: 2, seats: 6 }));
    const account = await app().account();
    const fan = app().as(account);
    const held = await fan.hold.create({ eventId, operationId: key(), items: seatItems(0, 1, 2) });
    const { orderId } = await fan.checkout.start({
      eventId,
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    });
    const { order } = (await run(container, "order", "show", orderId)).answer as {
      order: { reference: string };
    };
    const { reference } = order;
    const found = async (...args: string[]) => {
      const { answer } = await run(container, "order", "list", ...args);
      return (answer as { orders: { id: string }[] }).orders.map(({ id }) => id);
    };
    expect(await found("--email", account.email.toUpperCase())).toEqual([orderId]);
    expect(await found("--event", eventId, "--seat", "Hall, 1, 3")).toEqual([orderId]);
    expect(await found("--event", eventId, "--seat", "Hall, 1, 4")).toEqual([]);
    expect(await found("--reference", reference.slice(0, 6).toLowerCase())).toEqual([orderId]);
    expect(await found("--email", "nobody@onsale.example")).toEqual([]);
    expect(await run(container, "order", "list", "--seat", "Hall, 1, 3")).toMatchObject({ code: 2 });
    expect(await run(container, "order", "list", "--event", eventId, "--seat", "Hall, 9, 3")).toMatchObject({
      code: 2,
    });
    expect(await run(container, "order", "list", "--event", eventId)).toMatchObject({
      answer: { total: 1, next: null },
    });
  });

  test("a layout is listed, called something else, and deleted only while no event uses it", async () => {
    const { container } = app();
    const eventId = await app().openEvent({ rows: 1, seats: 7 });
    const { layoutId } = await container.services.events.require(eventId);
    const used = must(layoutId, "an event on sale has a layout");
    const gone = ["--reason", "a first try", "--yes"];
    expect(await run(container, "layout", "delete", used, ...gone)).toMatchObject({
      code: 4,
      answer: { error: { code: "layout.in_use", details: { slugs: [expect.any(String)] } } },
    });
    const found = await container.layouts.find(used);
    const document = { ...found?.document, name: "Spare hall" } as NonNullable<typeof found>["document"];
    const { id } = await container.services.layouts.save(TESTER, document, {
      organizationId: app().organization,
      venueId: null,
    });
    expect(await run(container, "layout", "rename", id, "In the round")).toMatchObject({
      code: 0,
      answer: { from: "Spare hall", to: "In the round" },
    });
    const listed = async () => {
      const { answer } = await run(container, "layout", "list");
      return (answer as { layouts: { id: string; name: string }[] }).layouts.find((one) => one.id === id)
        ?.name;
    };
    expect(await listed()).toBe("In the round");
    expect((await container.layouts.find(id))?.document.name).toBe("Spare hall");
    expect(await run(container, "layout", "rename", id, " ")).toMatchObject({ code: 2 });
    expect(await run(container, "layout", "delete", id, "--reason", "a first try")).toMatchObject({
      code: 2,
    });
    expect(await run(container, "layout", "delete", id, ...gone)).toMatchObject({ code: 0 });
    expect(await listed()).toBeUndefined();
    expect(await run(container, "layout", "delete", id, ...gone)).toMatchObject({ code: 3 });
    expect(await run(container, "layout", "rename", randomUUID(), "X")).toMatchObject({ code: 3 });
    expect(await run(container, "audit", "list", id)).toMatchObject({
      answer: {
        entries: [
          { action: "layout.deleted", detail: { reason: "a first try" } },
          { action: "layout.renamed", detail: { from: "Spare hall", to: "In the round" } },
          { action: "layout.saved" },
        ],
      },
    });
  });

  test("venues are listed with the ids that imports take", async () => {
    const { container } = app();
    await app().openEvent();
    const { answer } = await run(container, "venue", "list");
    expect(answer).toMatchObject({
      ok: true,
      venues: [{ name: "Test hall", city: "Basel", id: expect.any(String) }],
    });
  });

  test("a venue gets its address, which the list shows and the audit keeps", async () => {
    const { container } = app();
    const { id } = await container.venues.create(TESTER, {
      organizationId: app().organization,
      name: key(),
      city: "Basel",
      country: "",
      timeZone: "UTC",
    });
    const said = await run(container, "venue", "address", id, "  Hafenstrasse 12,  4057 ");
    expect(said).toEqual({ code: 0, answer: { ok: true, before: "", address: "Hafenstrasse 12, 4057" } });
    const { answer } = await run(container, "venue", "list");
    expect(answer["venues"]).toContainEqual(
      expect.objectContaining({ id, address: "Hafenstrasse 12, 4057" }),
    );
    const trail = await run(container, "audit", "list", id);
    expect(trail.answer).toMatchObject({
      entries: [
        { action: "venue.addressed", detail: { before: "", after: "Hafenstrasse 12, 4057" } },
        { action: "venue.created" },
      ],
    });
    expect((await run(container, "venue", "address", id, "x".repeat(161))).code).not.toBe(0);
    expect((await run(container, "venue", "address", key(), "Hafenstrasse 12")).code).not.toBe(0);
  });
});
