import { FAULT_KINDS } from "../../packages/core/src/drill/faults.ts";
import { ticketctlInTheOpen } from "../app/ticketctl.ts";
import { say } from "../bootstrap/say.mjs";
import type { SuiteCount } from "./counts.ts";
import type { SuiteRun } from "./suites.ts";

/** Past the first rush of the release and well before the plan is sold out. */
const FAULT_AT_S = 4;
const CROWD = ["--short", "--bots", "40"];

/** A drill without a fault and one with each kind of it, every one with services of its own. */
export async function runDrills(suite: SuiteRun, seed: number): Promise<SuiteCount> {
  const begun = performance.now();
  const codes: number[] = [];
  for (const [nth, fault] of [null, ...FAULT_KINDS].entries()) {
    const broken = fault === null ? [] : ["--fault", `T+${FAULT_AT_S}:${fault}`];
    const args = ["drill", "--up", ...CROWD, "--seed", String(seed + nth), ...broken];
    say(`\nticketctl ${args.join(" ")}`);
    codes.push(
      await ticketctlInTheOpen({ root: suite.root, env: suite.env }, args, (runner) =>
        suite.onRunner(runner),
      ),
    );
    suite.onRunner(undefined);
  }
  const passed = codes.filter((code) => code === 0).length;
  return {
    name: "drills",
    passed,
    failed: codes.length - passed,
    skipped: 0,
    ms: performance.now() - begun,
  };
}
