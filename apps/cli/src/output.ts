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
};

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
      for (const text of layTable(rows, columns, (head) => colors.dim(head))) line(text);
    },
    /** Label and value, one pair per line. */
    pairs(pairs: readonly (readonly [string, string | number])[]): void {
      const width = Math.max(...pairs.map(([label]) => label.length));
      for (const [label, value] of pairs) line(`  ${colors.dim(label.padEnd(width))}  ${cellText(value)}`);
    },
  };
}
export type Output = ReturnType<typeof makeOutput>;

export function layTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  head: (text: string) => string,
): string[] {
  const cells = rows.map((row) => columns.map((column) => column.of(row)));
  const texts = cells.map((row) => row.map(cellText));
  const widths = columns.map((column, i) =>
    Math.max(width(column.head), ...texts.map((row) => width(row[i] ?? ""))),
  );
  const right = columns.map((column, i) => {
    const numeric = cells.length > 0 && cells.every((row) => typeof row[i] === "number");
    return column.align === undefined ? numeric : column.align === "right";
  });
  const lay = (row: readonly string[], paint: (text: string) => string) =>
    row
      .map((text, i) => {
        const gap = " ".repeat(Math.max(0, (widths[i] ?? 0) - width(text)));
        return right[i] ? gap + paint(text) : paint(text) + (i === row.length - 1 ? "" : gap);
      })
      .join("  ");
  return [
    lay(
      columns.map((column) => column.head),
      head,
    ),
    ...texts.map((row) => lay(row, (text) => text)),
  ];
}

/** Control characters of a file's names must not move the reader's cursor. */
function cellText(value: string | number): string {
  if (typeof value === "number") return value.toLocaleString("en");
  // oxlint-disable-next-line no-control-regex
  return value.replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, " ");
}

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
