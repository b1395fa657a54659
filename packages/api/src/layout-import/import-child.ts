import { text as textOf } from "node:stream/consumers";
import { importLayout } from "@onsale/core/layout/import/import-layout";
import { prepareLayout } from "@onsale/core/layout/layout-service";
import { type ImportTask, packOutcome } from "./import-outcome.ts";

/** Runs as a process of its own; see import-process.ts. One task in, one outcome out. */
const PROBLEMS_SHOWN_MAX = 500;
const NOTES_SHOWN_MAX = 50;

const { text, options } = JSON.parse(await textOf(process.stdin)) as ImportTask;
const { ok, format, counts, problems, notes, layout } = importLayout(text, options);
process.stdout.write(
  packOutcome({
    ok,
    format,
    counts,
    problems: problems.slice(0, PROBLEMS_SHOWN_MAX),
    problemCount: problems.length,
    notes: notes.slice(0, NOTES_SHOWN_MAX),
    categories: layout?.categories.map(({ label }) => label) ?? [],
    prepared: layout && prepareLayout(layout),
  }),
);
