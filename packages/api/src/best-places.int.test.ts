import { expect, test } from "vitest";
import { describeApp, key } from "./testing/test-app.ts";

describeApp("the best places together", (app) => {
  const fan = async () => app().as(await app().account());

  test("in a standing area are held as such, until it has no room for the whole party", async () => {
    const eventId = await app().openEvent({ rows: 1, seats: 4, standing: 3 });
    const ask = { eventId, quantity: 2, ticketType: "adult", categories: ["standing"] };
    const first = await (await fan()).hold.bestAvailable({ ...ask, operationId: key() });
    expect(first.quote.items.map(({ areaNo, seatNo }) => [areaNo, seatNo])).toEqual([
      [0, null],
      [0, null],
    ]);
    await expect((await fan()).hold.bestAvailable({ ...ask, operationId: key() })).rejects.toMatchObject({
      cause: { code: "hold.no_block" },
    });
  });

  test("are seats where no level is asked for, and standing places once no seat is left", async () => {
    const eventId = await app().openEvent({ rows: 1, seats: 2, standing: 10 });
    const ask = { eventId, quantity: 2, ticketType: "adult" };
    const seated = await (await fan()).hold.bestAvailable({ ...ask, operationId: key() });
    expect(seated.quote.items.every(({ seatNo }) => seatNo !== null)).toBe(true);
    const standing = await (await fan()).hold.bestAvailable({ ...ask, operationId: key() });
    expect(standing.quote.items.every(({ areaNo }) => areaNo === 0)).toBe(true);
  });

  test("are of a level in which this ticket type is sold", async () => {
    const eventId = await app().openEvent({ rows: 1, seats: 1, standing: 10 });
    const ask = { eventId, quantity: 2, ticketType: "child", operationId: key() };
    await expect((await fan()).hold.bestAvailable(ask)).rejects.toMatchObject({
      cause: { code: "hold.no_block" },
    });
  });
});
