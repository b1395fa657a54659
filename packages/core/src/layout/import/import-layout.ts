import { countLayout, NO_COUNTS } from "../describe-layout.ts";
import { parseCsv } from "../../shared/csv.ts";
import { lineOfLostCharacter } from "../../shared/decode-text.ts";
import { parseLayout } from "../parse-layout.ts";
import { problem, type Problem, type ProblemDetails } from "../../shared/problem.ts";
import { shortName, someNames } from "../../shared/some-names.ts";
import { validateLayout } from "../validate-layout.ts";
import { tooManyColumns, tooManyLines, tooMuchJson } from "./count-first.ts";
import { countUnparsed } from "./count-unparsed.ts";
import { headerLine, looksLikeSeatList } from "./csv-columns.ts";
import { finishDraft } from "./finish-draft.ts";
import type { LayoutFormat } from "../../shared/layout-problems.ts";
import type { ImportOptions, ImportResult } from "./import-result.ts";
import { keepFromSale } from "./not-for-sale.ts";
import { isPretixPlan, readPretixPlan } from "./pretix.ts";
import { isRecord } from "./read-json.ts";
import { isRowRanges, readRowRanges } from "./row-ranges.ts";
import { delimiterOption, readSeatList } from "./seat-list.ts";
import { isSeatsioChart, readSeatsioChart } from "./seatsio.ts";
import { readSvgSections } from "./svg-sections.ts";

/** Characters of one file; a chart of 200,000 seats written at length stays below. */
export const LAYOUT_TEXT_MAX = 100_000_000;

/**
 * Reads a layout from the text of a file. Which format it is follows from the text unless `options.format` says. Bad
 * input of any kind becomes problems, never an exception; nothing is half-imported.
 */
export function importLayout(text: string, options: ImportOptions = {}): ImportResult {
  return keepFromSale(readLayout(text, options), options.notForSale ?? []);
}

function readLayout(text: string, options: ImportOptions): ImportResult {
  const clean = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (clean.trim() === "") return refused(options.format ?? null, problem("file.empty", ""));
  if (clean.length > LAYOUT_TEXT_MAX) {
    const count = { found: clean.length, max: LAYOUT_TEXT_MAX };
    return refused(options.format ?? null, problem("file.too_large", "", count));
  }
  const lostLine = lineOfLostCharacter(clean);
  if (lostLine !== null)
    return refused(options.format ?? null, problem("file.lost_character", `line ${lostLine}`));
  const first = clean.trimStart().charAt(0);
  if (first === "{" || first === "[") return importJson(clean, options);
  const format = options.format ?? (first === "<" ? "svg-sections" : "csv");
  if (format === "svg-sections" && first === "<") {
    if (/<svg[\s>]/i.test(clean)) return finishDraft(readSvgSections(clean), "svg-sections", options);
    return refused(null, unknownFormat({ why: "markup" }));
  }
  if (format !== "csv")
    return refused(format, unknownFormat({ why: "not_as_said", said: format, seems: null }));
  const chosen = options.format === "csv" || Object.keys(options.csvColumns ?? {}).length > 0;
  if (!chosen && !hasSeatListHeader(clean, options)) {
    const begins = shortName(clean.slice(0, 200).replaceAll(/\s+/g, " ").trim(), 60);
    return refused(null, unknownFormat({ why: "text", begins }));
  }
  const tooMuch = tooManyLines(clean) ?? tooManyColumns(clean);
  return tooMuch ? refused("csv", tooMuch) : finishDraft(readSeatList(clean, options), "csv", options);
}

function hasSeatListHeader(text: string, options: ImportOptions): boolean {
  const { records } = parseCsv(text.slice(0, 10_000), delimiterOption(options));
  return looksLikeSeatList(records[headerLine(records)]?.cells ?? []);
}

function importJson(text: string, options: ImportOptions): ImportResult {
  const tooMuch = tooMuchJson(text);
  if (tooMuch) return refused(options.format ?? null, tooMuch);
  const parsed = parseJson(text);
  if (!parsed.ok)
    return refused(options.format ?? null, problem("file.bad_json", parsed.path, { reason: parsed.reason }));
  const json = parsed.value;
  const format = detectJson(json);
  if (format === null) {
    const fields = isRecord(json) ? someNames(Object.keys(json)) : null;
    return refused(options.format ?? null, unknownFormat({ why: "json", fields }));
  }
  if (options.format !== undefined && options.format !== format) {
    return refused(
      options.format,
      unknownFormat({ why: "not_as_said", said: options.format, seems: format }),
    );
  }
  if (format === "onsale") return importOwn(json, options);
  if (isPretixPlan(json) && format === "pretix") return finishDraft(readPretixPlan(json), format, options);
  if (isSeatsioChart(json) && format === "seatsio")
    return finishDraft(readSeatsioChart(json), format, options);
  return finishDraft(readRowRanges(json), "row-ranges", options);
}

function detectJson(json: unknown): LayoutFormat | null {
  if (isRecord(json) && json["format"] === "onsale-layout") return "onsale";
  if (isSeatsioChart(json)) return "seatsio";
  if (isPretixPlan(json)) return "pretix";
  return isRowRanges(json) ? "row-ranges" : null;
}

function importOwn(json: unknown, options: ImportOptions): ImportResult {
  const parsed = parseLayout(json);
  const none = { renamed: [], notes: [] };
  if (!parsed.ok) {
    return {
      ok: false,
      format: "onsale",
      layout: null,
      counts: countUnparsed(json),
      problems: parsed.problems,
      ...none,
    };
  }
  const layout =
    options.name === undefined
      ? parsed.layout
      : { ...parsed.layout, name: options.name.trim().slice(0, 80) || parsed.layout.name };
  const problems = validateLayout(layout);
  const ok = problems.length === 0;
  return { ok, format: "onsale", layout: ok ? layout : null, counts: countLayout(layout), problems, ...none };
}

type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly path: string; readonly reason: string };

function parseJson(text: string): ParsedJson {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const at = /position (\d+)/.exec(reason)?.[1];
    const line = at === undefined ? text.split("\n").length : text.slice(0, Number(at)).split("\n").length;
    return { ok: false, path: `line ${line}`, reason: shortName(reason, 200) };
  }
}

function refused(format: LayoutFormat | null, problem: Problem): ImportResult {
  return { ok: false, format, layout: null, counts: NO_COUNTS, problems: [problem], renamed: [], notes: [] };
}

const unknownFormat = (details: ProblemDetails["file.unknown_format"]): Problem =>
  problem("file.unknown_format", "", details);
