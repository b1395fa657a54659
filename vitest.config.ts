import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Of `pnpm test:long`: every repetition that a change does not wait for. */
    isLong: boolean;
    /** Beside the fixed seeds of random tests; another one in each run, unless TEST_SEED names it. */
    seed: number;
  }
}

const isLong = process.env["TEST_LONG"] === "1";
const seed = Number(process.env["TEST_SEED"] ?? randomInt(2 ** 31 - 1));
const cores = availableParallelism();

/**
 * Tests with services wait more than they compute: for commits, for blocked reads, for rounds of a worker. Their servers
 * take the other part of each core, and every file has up to thirty connections of the 300 that Postgres gives.
 */
const INT_WORKERS = Math.min(8, 2 * cores);

/** Each of these takes half a minute or more; begun last, one would run alone while the other workers are done. */
const BEGIN_FIRST = /(run-drill|shard-loss|import-process|redis-hold-store|fuzz|race)\.int\.test\.ts$/;

/** Vitest orders by what it remembers of the last run, and in a fresh clone by the size of the files. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongOne = ({ moduleId }: TestSpecification) => BEGIN_FIRST.test(moduleId);
    return [...sorted.filter(isLongOne), ...sorted.filter((file) => !isLongOne(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          // The terminal writes as the environment's locale says; whoever runs the tests has one of their own.
          env: { LC_ALL: "C" },
          include: ["{packages,apps}/*/src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          exclude: ["**/*.int.test.ts", "**/node_modules/**"],
          // Pure tests share nothing that one could leave behind; a fresh module graph per file took a third of the time.
          pool: "threads",
          isolate: false,
          maxWorkers: cores,
          // Property tests take seconds, and many times that on a machine that does something else as well.
          testTimeout: 60_000,
          provide: { isLong, seed },
        },
      },
      {
        test: {
          name: "int",
          env: { LC_ALL: "C" },
          include: ["{packages,apps}/*/src/**/*.int.test.ts"],
          exclude: ["**/node_modules/**"],
          // Every file has a database and keys of its own and closes what it opens. Reading the modules of the whole
          // program again for each of a hundred files took half of the processor's time.
          isolate: false,
          maxWorkers: INT_WORKERS,
          sequence: { groupOrder: 1 },
          // Ten times what the slowest takes in peace: how busy the machine is decides nothing.
          testTimeout: isLong ? 1_800_000 : 300_000,
          hookTimeout: 300_000,
          provide: { isLong, seed },
        },
      },
    ],
  },
});
