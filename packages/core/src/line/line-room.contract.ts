import { afterAll, beforeAll, describe } from "vitest";
import { must } from "../shared/assert.ts";
import { lineRoomAdmitContract } from "./line-room-admit.contract.ts";
import type { LineRoomHarness } from "./line-room-harness.contract.ts";
import { lineRoomPresenceContract } from "./line-room-presence.contract.ts";

/** Every adapter of LineRoom runs these; names state what a fan or an operator may rely on. */
export function lineRoomContract(name: string, makeHarness: () => Promise<LineRoomHarness>): void {
  describe(`LineRoom contract: ${name}`, () => {
    let harness: LineRoomHarness | null = null;
    const opened = () => must(harness, "the suite is set up");
    beforeAll(async () => {
      harness = await makeHarness();
    });
    afterAll(() => harness?.close());

    lineRoomAdmitContract(opened);
    lineRoomPresenceContract(opened);
  });
}
