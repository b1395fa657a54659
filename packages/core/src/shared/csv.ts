/** CSV after RFC 4180, read leniently (any line ending, BOM, other delimiters) and written safely. Lines count from 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };
export type CsvText = {
  readonly records: readonly CsvRecord[];
  readonly delimiter: string;
  /** Line where a quote was opened and never closed. */
  readonly unclosedQuoteLine: number | null;
};

const DELIMITERS = [",", ";", "\t", "|"] as const;

/** The delimiter that splits the first line most often, outside quotes; a comma when none does. */
export function detectDelimiter(text: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === "\n" || char === "\r")) break;
    else if (!quoted) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  let best = ",";
  for (const delimiter of DELIMITERS) {
    if ((counts.get(delimiter) ?? 0) > (counts.get(best) ?? 0)) best = delimiter;
  }
  return best;
}

/** Splits a CSV text into records. Blank lines are left out. A quoted cell may span lines; its record keeps the first. */
export function parseCsv(input: string, options: { delimiter?: string } = {}): CsvText {
  const text = input.startsWith("\uFEFF") ? input.slice(1) : input;
  const delimiter = options.delimiter ?? detectDelimiter(text);
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let recordLine = 1;
  let at = 0;
  const endRecord = (): void => {
    if (cells.length > 1 || cells[0]?.trim()) records.push({ line: recordLine, cells });
    cells = [];
  };
  while (at < text.length) {
    if (text[at] === '"') {
      const cell = readQuoted(text, at);
      if (cell === null) return { records, delimiter, unclosedQuoteLine: line };
      cells.push(cell.value);
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
