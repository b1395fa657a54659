import { TESTER } from "@onsale/core/actor/testing/staff";
import { describeApp } from "@onsale/api/testing/test-app";
import { EventId } from "@onsale/core/shared/ids";
import { must } from "@onsale/core/shared/assert";
import { expect, test } from "vitest";
import { seedDemo } from "./seed-demo.ts";
import { seedLobby } from "./seed-lobby.ts";

describeApp("the demo's lobby", (app) => {
  async function lineOf(slug: string) {
    const { services } = app().container;
    const event = await services.events.require(slug);
    const [line] = await services.lines.linesOf(TESTER, EventId.parse(event.id));
    return services.lines.live(TESTER, must(line, "the night has a line").id);
  }

  test("is open with its fans, stays while its draw is ahead, and is another night's once it was drawn", async () => {
    const { container } = app();
    await seedDemo(container, () => undefined);
    const first = await seedLobby(container);
    const leftMs = first.drawsAtMs - container.clock.nowMs();
    expect(leftMs).toBeGreaterThan(3 * 60_000);
    expect(leftMs).toBeLessThanOrEqual(4 * 60_000);
    const { line, counts } = await lineOf(first.slug);
    expect({ state: line.state, joined: counts.joined, drawsAtMs: line.drawsAtMs }).toEqual({
      state: "lobby",
      joined: first.fans,
      drawsAtMs: first.drawsAtMs,
    });

    expect(await seedLobby(container)).toEqual(first);
    expect((await lineOf(first.slug)).counts.joined).toBe(first.fans);

    await container.services.lines.move(TESTER, { lineId: line.id, to: "drawing" });
    const second = await seedLobby(container);
    expect(second.slug).not.toBe(first.slug);
    const again = await lineOf(second.slug);
    expect(again).toMatchObject({ line: { state: "lobby" }, counts: { joined: second.fans } });
    expect((await container.services.events.require(second.slug)).state).toBe("on_sale");
  });
});
