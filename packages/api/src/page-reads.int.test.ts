import { expect, test } from "vitest";
import { makePageBridge } from "./page-bridge.ts";
import { describeApp } from "./testing/test-app.ts";

describeApp(
  "what pages read",
  (app) => {
    test("views of pages are not refused for being many, from one address or from all together", async () => {
      await app().openEvent();
      const bridge = makePageBridge(app().container);
      for (let view = 0; view < 30; view++) {
        const page = await bridge.caller({ cookie: undefined, address: `192.0.2.${view % 2}` });
        await expect(page.event.list({ query: "" })).resolves.toBeDefined();
        await expect(page.account.me()).resolves.toBeNull();
      }
    });

    test("a page still changes nothing", async () => {
      const fan = await app().account();
      const cookie = await app().container.sessions.issue(fan);
      const page = await makePageBridge(app().container).caller({ cookie, address: "192.0.2.1" });
      const eventId = await app().openEvent();
      await expect(page.access.redeem({ eventId, code: "AAAA-AAAA-AAAA" })).rejects.toMatchObject({
        cause: { code: "origin.foreign" },
      });
    });
  },
  // Six reads a minute.
  { LIMITS_SCALE: "0.01" },
);
