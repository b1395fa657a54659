import { formatFigure } from "./format.ts";
import { createColors } from "picocolors";

/** Where words and data go. Data to `stdout`, words to `stderr`, so that a pipe carries data alone. */
export type Terminal = {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly stdoutIsTty: boolean;
  readonly stderrIsTty: boolean;
  /** NO_COLOR and FORCE_COLOR as the person set them; null: by whether a terminal reads along. */
  readonly wantsColor: boolean | null;
  readonly columns: number;
};

export type Column<Row> = {
  readonly head: string;
  readonly of: (row: Row) => string | number;
  readonly align?: "left" | "right";
  /** Whether the cell is said in the colour of good or of bad news. */
  readonly tone?: (row: Row) => Tone;
};
export type Tone = "good" | "bad" | "plain";

/** One colour for good and one for bad, each with a sign, so that nothing is said by colour alone. */
export function makeOutput(terminal: Terminal) {
  const colors = createColors(terminal.wantsColor ?? terminal.stdoutIsTty);
  const notes = createColors(terminal.wantsColor ?? terminal.stderrIsTty);
  const line = (text = "") => terminal.stdout(`${text}\n`);
  return {
    terminal,
    line,
    /** The one JSON object of a `--json` run. */
    json: (value: unknown) => line(JSON.stringify(value)),
    /** Words beside the data: progress, hints, warnings. */
    note: (text: string) => terminal.stderr(`${text}\n`),
    warn: (text: string) => terminal.stderr(`${notes.dim("!")} ${text}\n`),
    fail: (text: string) => terminal.stderr(`${notes.red("✗")} ${text}\n`),
    good: (text: string) => line(`${colors.green("✓")} ${text}`),
    bad: (text: string) => line(`${colors.red("✗")} ${text}`),
    strong: (text: string) => colors.bold(text),
    faint: (text: string) => colors.dim(text),
    /** Aligned columns; numbers to the right with thousands set apart. */
    table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): void {
      const paint = { good: colors.green, bad: colors.red, plain: (text: string) => text };
      for (const text of layTable(rows, columns, { head: colors.dim, ...paint })) line(text);
    },
    /** Label and value, one pair per line. */
    pairs(pairs: readonly (readonly [string, string | number])[]): void {
      const width = Math.max(...pairs.map(([label]) => label.length));
      for (const [label, value] of pairs) line(`  ${colors.dim(label.padEnd(width))}  ${cellText(value)}`);
    },
  };
}
export type Output = ReturnType<typeof makeOutput>;

export type TablePaint = Readonly<Record<Tone | "head", (text: string) => string>>;

export function layTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  paint: TablePaint,
): string[] {
  const texts = rows.map((row) => columns.map((column) => cellText(column.of(row))));
  const layout = columns.map((column, i) => ({
    width: Math.max(width(column.head), ...texts.map((row) => width(row[i] ?? ""))),
    isRight:
      column.align === undefined
        ? rows.length > 0 && rows.every((row) => typeof column.of(row) === "number")
        : column.align === "right",
    isLast: i === columns.length - 1,
  }));
  const lay = (cells: readonly string[], toneOf: (i: number) => Tone | "head") =>
    layout
      .map(({ width: wide, isRight, isLast }, i) => {
        const text = cells[i] ?? "";
        const gap = " ".repeat(Math.max(0, wide - width(text)));
        const painted = paint[toneOf(i)](text);
        return isRight ? gap + painted : painted + (isLast ? "" : gap);
      })
      .join("  ");
  const heads = columns.map((column) => column.head);
  return [
    lay(heads, () => "head"),
    ...rows.map((row, r) => lay(texts[r] ?? [], (i) => columns[i]?.tone?.(row) ?? "plain")),
  ];
}

/**
 * Control characters of a file's names must not move the reader's cursor, nor turn the rest of a line around; what cannot
 * be seen is named, or two names that differ by it alone could not be told apart.
 */
function cellText(value: string | number): string {
  if (typeof value === "number") return formatFigure(value);
  return (
    value
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, " ")
      .replaceAll(/[\u00AD\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/g, codePointOf)
  );
}

const codePointOf = (char: string) =>
  `<U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;

/** Columns that a text takes: East Asian wide letters take two, marks none. */
function width(text: string): number {
  let columns = 0;
  for (const char of text) {
    if (/\p{Mark}/u.test(char)) continue;
    columns +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/.test(
        char,
      )
        ? 2
        : 1;
  }
  return columns;
}
