import { text as textOf } from "node:stream/consumers";
import { importLayout } from "@onsale/core/layout/import/import-layout";
import { prepareLayout } from "@onsale/core/layout/layout-service";
import { type ImportTask, packOutcome } from "./import-outcome.ts";

/** Runs as a process of its own; see import-process.ts. One task in, one outcome out. */
const PROBLEMS_SHOWN_MAX = 500;

const { text, options } = JSON.parse(await textOf(process.stdin)) as ImportTask;
const { ok, format, counts, problems, layout } = importLayout(text, options);
process.stdout.write(
  packOutcome({
    ok,
    format,
    counts,
    problems: problems.slice(0, PROBLEMS_SHOWN_MAX),
    problemCount: problems.length,
    prepared: layout && prepareLayout(layout),
  }),
);
