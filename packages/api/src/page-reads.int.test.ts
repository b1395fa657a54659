import { expect, test } from "vitest";
import { makePageBridge } from "./page-bridge.ts";
import { describeHouse } from "./testing/test-house.ts";

describeHouse(
  "what pages read",
  (house) => {
    test("views of pages are not refused for being many, from one address or from all together", async () => {
      await house().openEvent();
      const bridge = makePageBridge(house().container);
      for (let view = 0; view < 30; view++) {
        const page = await bridge.caller({ cookie: undefined, address: `192.0.2.${view % 2}` });
        await expect(page.event.list({ query: "" })).resolves.toBeDefined();
        await expect(page.account.me()).resolves.toBeNull();
      }
    });

    test("a page still changes nothing", async () => {
      const fan = await house().account();
      const cookie = await house().container.sessions.issue(fan);
      const page = await makePageBridge(house().container).caller({ cookie, address: "192.0.2.1" });
      const eventId = await house().openEvent();
      await expect(page.access.redeem({ eventId, code: "AAAA-AAAA-AAAA" })).rejects.toMatchObject({
        cause: { code: "origin.foreign" },
      });
    });
  },
  // Six reads a minute.
  { LIMITS_SCALE: "0.01" },
);
