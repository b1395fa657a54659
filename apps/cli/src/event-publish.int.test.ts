import { describeApp, key } from "@onsale/api/testing/test-app";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { expect, test } from "vitest";
import { runTicketctl } from "./testing/run-ticketctl.ts";

describeApp("publishing from the terminal", (app) => {
  test("an event that lacks something is told each thing of it, one to a line", async () => {
    const { container } = app();
    const { events } = container.services;
    const other = await events.require(await app().openEvent());
    const draft = EventDraft.parse({
      ...draftOf(other),
      slug: `night-${key()}`,
      title: "Bare night",
      layoutId: null,
    });
    const staff = app().as(await app().member());
    const { id } = await staff.admin.events.create({ organizationId: app().organization, draft });
    const { code, err } = await runTicketctl(container, ["event", "publish", id]);
    expect(code).toBe(2);
    expect(err).toBe(
      '✗ "Bare night" cannot be published yet.\n  Choose a seat layout.\n  Publish a price list.\n',
    );
  });
});
