import { afterAll, beforeAll, describe } from "vitest";
import { must } from "../shared/assert.ts";
import { holdAcquireContract } from "./hold-acquire.contract.ts";
import { holdAdmittanceContract } from "./hold-admittance.contract.ts";
import { holdJoinContract } from "./hold-join.contract.ts";
import { holdLifecycleContract } from "./hold-lifecycle.contract.ts";
import { holdTimeContract } from "./hold-time.contract.ts";
import {
  type HoldContractContext,
  type HoldStoreHarness,
  newEventId,
} from "./hold-store-harness.contract.ts";

/** Every adapter of HoldStore runs these; names state what a fan or an operator may rely on. */
export function holdStoreContract(name: string, makeHarness: () => Promise<HoldStoreHarness>): void {
  describe(`HoldStore contract: ${name}`, () => {
    let context: HoldContractContext | null = null;
    const opened = () => must(context, "the suite is set up");
    beforeAll(async () => {
      const harness = await makeHarness();
      context = {
        harness,
        store: harness.store,
        async openEvent(event = {}) {
          const eventId = newEventId();
          await harness.open({ eventId, seatCount: 10, ...event });
          return eventId;
        },
        seatsIn: async (eventId) => (await harness.stock(eventId)).seats,
      };
    });
    afterAll(() => context?.harness.close());

    holdAcquireContract(opened);
    holdAdmittanceContract(opened);
    holdLifecycleContract(opened);
    holdTimeContract(opened);
    holdJoinContract(opened);
  });
}
