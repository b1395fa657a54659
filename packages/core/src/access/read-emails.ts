import { Email } from "../account/account.ts";
import type { Problem } from "../layout/problem.ts";
import { parseCsv, unguardCell } from "../shared/csv.ts";
import { EMAILS_MAX } from "./access.ts";

const HEADER = /^(e-?mail|mail|e-?mail[ -]?address|address)$/i;

/**
 * The addresses of a list: one a line, or a CSV whose column is called e-mail (else the first column that has an "@").
 * All or nothing: with a problem the list is not to be used. Lower case, each once, in the order they stand there.
 */
export function readEmails(text: string): { emails: string[]; problems: Problem[] } {
  const { records, unclosedQuoteLine } = parseCsv(text);
  if (unclosedQuoteLine !== null)
    return { emails: [], problems: [problem(unclosedQuoteLine, "A quote is opened here and never closed.")] };
  const named = records[0]?.cells.findIndex((cell) => HEADER.test(cell.trim())) ?? -1;
  const column = named >= 0 ? named : (records[0]?.cells.findIndex((cell) => cell.includes("@")) ?? -1);
  const rows = named >= 0 ? records.slice(1) : records;
  const emails = new Set<string>();
  const problems: Problem[] = [];
  for (const { line, cells } of rows) {
    const cell = unguardCell(cells[Math.max(0, column)] ?? "").trim();
    const email = Email.safeParse(cell);
    if (email.success) emails.add(email.data);
    else problems.push(problem(line, `"${cell.slice(0, 60)}" is not an e-mail address.`));
  }
  if (emails.size === 0 && problems.length === 0)
    problems.push(problem(1, "There is no address in this list."));
  if (emails.size > EMAILS_MAX)
    problems.push(
      problem(1, `A list may have ${EMAILS_MAX.toLocaleString("en")} addresses; send it in parts.`),
    );
  return { emails: [...emails], problems };
}

function problem(line: number, message: string): Problem {
  return { code: "email.invalid", path: `line ${line}`, message };
}
