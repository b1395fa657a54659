import { TESTER } from "@onsale/core/actor/testing/staff";
import { describeApp, key, seatItems } from "@onsale/api/testing/test-app";
import { EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { runTicketctl } from "./testing/run-ticketctl.ts";

describeApp("ticketctl ticket verify --online", (app) => {
  async function verify(code: string) {
    const { container } = app();
    const env = { TICKET_PUBLIC_KEY: container.ticketPublicKey };
    const args = ["ticket", "verify", code, "--online", "--json"];
    const { code: exit, out } = await runTicketctl(container, args, env);
    const { standing } = JSON.parse(out) as { standing?: string };
    return { exit, standing };
  }

  test("lets a ticket in until its event is cancelled", async () => {
    app().work();
    const eventId = await app().openEvent();
    const fan = app().as(await app().account());
    const held = await fan.hold.create({ eventId, operationId: key(), items: seatItems(0) });
    await fan.checkout.start({
      eventId: EventId.parse(held.hold.eventId),
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    });
    const mine = async () => (await fan.ticket.mine()).items;
    await expect.poll(() => mine().then((tickets) => tickets.length), { timeout: 20_000 }).toBe(1);
    const code = (await mine())[0]?.code ?? "";
    expect(await verify(code)).toEqual({ exit: 0, standing: "valid" });
    await app().container.services.events.move(TESTER, { idOrSlug: eventId, to: "cancelled" });
    expect(await verify(code)).toEqual({ exit: 2, standing: "cancelled" });
  });
});
