import { describeHouse, key, seatItems } from "@onsale/api/testing/test-house";
import { EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { runTicketctl } from "./testing/run-ticketctl.ts";

describeHouse("ticketctl ticket verify --online", (house) => {
  async function verify(code: string) {
    const { container } = house();
    const env = { TICKET_PUBLIC_KEY: container.ticketPublicKey };
    const args = ["ticket", "verify", code, "--online", "--json"];
    const { code: exit, out } = await runTicketctl(container, args, env);
    const { standing } = JSON.parse(out) as { standing?: string };
    return { exit, standing };
  }

  test("lets a ticket in until its event is cancelled", async () => {
    house().work();
    const eventId = await house().openEvent();
    const fan = house().as(await house().account());
    const cart = await fan.hold.create({ eventId, operationId: key(), items: seatItems(0) });
    await fan.checkout.start({
      eventId: EventId.parse(cart.hold.eventId),
      holdId: HoldId.parse(cart.hold.id),
      quoteHash: cart.quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    });
    const mine = async () => (await fan.ticket.mine()).items;
    await expect.poll(() => mine().then((tickets) => tickets.length), { timeout: 20_000 }).toBe(1);
    const code = (await mine())[0]?.code ?? "";
    expect(await verify(code)).toEqual({ exit: 0, standing: "valid" });
    await house().container.services.events.move(eventId, "cancelled", "test");
    expect(await verify(code)).toEqual({ exit: 2, standing: "cancelled" });
  });
});
