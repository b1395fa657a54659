import { canonicalEmail } from "../account/email.ts";
import { problem, type Problem, type ProblemDetails } from "../shared/problem.ts";
import { shortName } from "../shared/some-names.ts";
import { type CsvRecord, parseCsv, unguardCell } from "../shared/csv.ts";
import { EMAILS_MAX } from "./access.ts";

/** What programs and people call the column, in the languages that fans' lists come in. */
const HEADER =
  /mail|^address(es)?$|^adress(e|en)?$|courriel|correo|posta|e-?post|sähköposti|почт|メール|邮|郵|이메일|بريد|דוא/i;
/** "Ada Case <ada@case.example>", as mail programs copy it. */
const NAMED = /<([^<>]*)>\s*$/;
const SCHEME = /^mailto:/i;
const SHOWN_CHARS_MAX = 60;

/**
 * The addresses of a list: one a line, or a CSV whose column is called e-mail (else the first column that has an "@"); names
 * beside an address are left aside. All or nothing: with a problem the list is not to be used. Each address in its one
 * spelling, once, in the order they stand there.
 */
export function readEmails(text: string): { emails: string[]; problems: Problem[] } {
  const { records, unclosedQuoteLine } = parseCsv(text);
  if (unclosedQuoteLine !== null)
    return { emails: [], problems: [fault(unclosedQuoteLine, { why: "unclosed_quote" })] };
  const { column, rows } = layOut(records);
  const emails = new Set<string>();
  const problems: Problem[] = [];
  for (const { line, cells } of rows) {
    const cell = unguardCell(cellOf(cells, column)).trim();
    const email = canonicalEmail(addressIn(cell));
    if (email !== null) emails.add(email);
    else problems.push(fault(line, { text: shortName(cell, SHOWN_CHARS_MAX) }));
  }
  if (emails.size === 0 && problems.length === 0) problems.push(fault(1, { why: "none" }));
  if (emails.size > EMAILS_MAX) problems.push(fault(1, { max: EMAILS_MAX }));
  return { emails: [...emails], problems };
}

type Rows = { readonly column: number; readonly rows: readonly CsvRecord[] };

/** Where the addresses stand, and from which record on. A header has no address in it. */
function layOut(records: readonly CsvRecord[]): Rows {
  const first = records[0]?.cells ?? [];
  const next = records[1]?.cells ?? [];
  if (first.some(hasAt)) return { column: first.findIndex(hasAt), rows: records };
  const named = first.flatMap((cell, at) => (HEADER.test(cell.trim()) ? [at] : []));
  // "Mail allowed", "E-mail": of several that could be it, the one that has an address below.
  const column = named.find((at) => hasAt(next[at] ?? "")) ?? named[0];
  if (column !== undefined) return { column, rows: records.slice(1) };
  // A table under words that we do not know; a single column without such a word has a fault in its first line instead.
  const isTable = first.length > 1 && first.every((cell) => cell.trim() !== "");
  if (isTable && next.some(hasAt)) return { column: next.findIndex(hasAt), rows: records.slice(1) };
  return { column: 0, rows: records };
}

/** A name with a comma that nobody quoted moves the address on; where a line has just one, that is it. */
function cellOf(cells: readonly string[], column: number): string {
  const cell = cells[column] ?? "";
  if (hasAt(cell)) return cell;
  const others = cells.filter(hasAt);
  return (others.length === 1 ? others[0] : undefined) ?? cell;
}

const hasAt = (cell: string): boolean => cell.includes("@");

function addressIn(cell: string): string {
  const bare = (NAMED.exec(cell)?.[1] ?? cell).trim();
  return SCHEME.test(bare) ? bare.replace(SCHEME, "").replace(/\?.*$/, "") : bare;
}

const fault = (line: number, details: ProblemDetails["email.invalid"]): Problem =>
  problem("email.invalid", `line ${line}`, details);
