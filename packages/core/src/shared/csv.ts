/** CSV after RFC 4180, read leniently (any line ending, BOM, other delimiters) and written safely. Lines count from 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };
export type CsvText = {
  readonly records: readonly CsvRecord[];
  readonly delimiter: string;
  /** Line where a quote was opened and never closed. */
  readonly unclosedQuoteLine: number | null;
};

const DELIMITERS = [",", ";", "\t", "|"] as const;
/** How much of a text shows its delimiter. */
const SAMPLE_CHARACTERS = 20_000;
/** The first line by which a spreadsheet program names the delimiter. */
const SEP_LINE = /^"?sep=(.)"?[ \t,;|]*(?:\r\n|\r|\n|$)/i;

/**
 * The delimiter that splits most lines into the same number of cells: what stands in a heading or a price is no
 * delimiter because there is much of it. Where that leaves two, the one that splits the first line more; then a comma.
 */
export function detectDelimiter(text: string): string {
  let best: { delimiter: string; lines: number; first: number } = { delimiter: ",", lines: 0, first: 1 };
  for (const delimiter of DELIMITERS) {
    const { records } = splitCsv(text.slice(0, SAMPLE_CHARACTERS), delimiter);
    const widths = records.map(({ cells }) => cells.length);
    const byWidth = Map.groupBy(
      widths.filter((width) => width > 1),
      (width) => width,
    );
    const lines = Math.max(0, ...[...byWidth.values()].map((same) => same.length));
    const first = widths[0] ?? 1;
    if (lines > best.lines || (lines === best.lines && first > best.first))
      best = { delimiter, lines, first };
  }
  return best.delimiter;
}

/**
 * Splits a CSV text into records. Lines that are blank or hold delimiters only are left out. A quoted cell may span
 * lines; its record keeps the first. `="007"`, by which spreadsheets keep text from becoming a number, is 007.
 */
export function parseCsv(input: string, options: { delimiter?: string } = {}): CsvText {
  const text = input.startsWith("\uFEFF") ? input.slice(1) : input;
  const sep = SEP_LINE.exec(text);
  const rest = sep === null ? text : text.slice(sep[0].length);
  const delimiter = options.delimiter ?? sep?.[1] ?? detectDelimiter(rest);
  return splitCsv(rest, delimiter, sep === null ? 1 : 2);
}

function splitCsv(text: string, delimiter: string, firstLine = 1): CsvText {
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = firstLine;
  let recordLine = firstLine;
  let at = 0;
  const endRecord = (): void => {
    if (cells.some((cell) => cell.trim() !== "")) records.push({ line: recordLine, cells });
    cells = [];
  };
  while (at < text.length) {
    const kept = text[at] === "=" ? readKept(text, at, delimiter) : null;
    if (kept !== null) {
      cells.push(kept.value);
      at = kept.end;
    } else if (text[at] === '"') {
      const cell = readQuoted(text, at);
      if (cell === null) return { records, delimiter, unclosedQuoteLine: line };
      cells.push(/^="([^"]*)"$/.exec(cell.value)?.[1] ?? cell.value);
      line += cell.lineBreaks;
      at = cell.end;
      // Stray characters after a closing quote belong to the same cell.
      const rest = plainEnd(text, at, delimiter);
      if (rest > at) cells[cells.length - 1] += text.slice(at, rest).trimEnd();
      at = rest;
    } else {
      const end = plainEnd(text, at, delimiter);
      cells.push(text.slice(at, end));
      at = end;
    }
    if (text[at] === delimiter) {
      at += 1;
      if (at === text.length || text[at] === "\n" || text[at] === "\r") cells.push("");
      else continue;
    }
    if (at >= text.length) break;
    endRecord();
    at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
    line += 1;
    recordLine = line;
  }
  endRecord();
  return { records, delimiter, unclosedQuoteLine: null };
}

/** `="007"` as a whole cell, also with the delimiter inside; null for any other formula, which stays text. */
function readKept(text: string, at: number, delimiter: string): { value: string; end: number } | null {
  const cell = text[at + 1] === '"' ? readQuoted(text, at + 1) : null;
  if (cell === null || cell.lineBreaks > 0) return null;
  const next = text[cell.end];
  const ends = next === undefined || next === delimiter || next === "\n" || next === "\r";
  return ends ? { value: cell.value, end: cell.end } : null;
}

function plainEnd(text: string, from: number, delimiter: string): number {
  let end = from;
  while (end < text.length) {
    const char = text[end];
    if (char === delimiter || char === "\n" || char === "\r") break;
    end += 1;
  }
  return end;
}

function readQuoted(text: string, from: number): { value: string; end: number; lineBreaks: number } | null {
  let value = "";
  let start = from + 1;
  for (;;) {
    const quote = text.indexOf('"', start);
    if (quote < 0) return null;
    value += text.slice(start, quote);
    if (text[quote + 1] !== '"') {
      const lineBreaks = value.split(/\r\n|\r|\n/).length - 1;
      return { value, end: quote + 1, lineBreaks };
    }
    value += '"';
    start = quote + 2;
  }
}

/**
 * One CSV text with CRLF line ends. Text that a spreadsheet would run as a formula gets a leading apostrophe
 * (OWASP, CSV injection); numbers stay numbers.
 */
export function formatCsv(records: readonly (readonly (string | number | boolean | undefined)[])[]): string {
  return records.map((cells) => `${cells.map(formatCell).join(",")}\r\n`).join("");
}

function formatCell(value: string | number | boolean | undefined): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Undoes the apostrophe that `formatCsv` puts before text that looks like a formula. */
export function unguardCell(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
