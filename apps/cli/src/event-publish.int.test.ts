import { describeHouse, key } from "@onsale/api/testing/test-house";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { expect, test } from "vitest";
import { makeOutput } from "./output.ts";
import { runCli } from "./program.ts";

describeHouse("publishing from the terminal", (house) => {
  test("an event that lacks something is told each thing of it, one to a line", async () => {
    const { container } = house();
    const { events } = container.services;
    const other = await events.require(await house().openEvent());
    const draft = EventDraft.parse({ ...draftOf(other), slug: key(), title: "Bare night", layoutId: null });
    const staff = house().as(await house().member());
    const { id } = await staff.admin.events.create({ organizationId: house().organization, draft });
    const said: string[] = [];
    const code = await runCli(["event", "publish", id], {
      output: makeOutput({
        stdout: () => undefined,
        stderr: (text) => void said.push(text),
        stdoutIsTty: false,
        stderrIsTty: false,
        wantsColor: false,
        columns: 100,
      }),
      env: {},
      container: () => Promise.resolve(container),
      signal: new AbortController().signal,
    });
    expect(code).toBe(2);
    expect(said.join("")).toBe(
      '✗ "Bare night" cannot be published yet.\n  Choose a seat layout.\n  Publish a price list.\n',
    );
  });
});
