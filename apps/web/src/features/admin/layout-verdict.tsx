"use client";

import type { Locale } from "@onsale/core/shared/locale";
import type { ImportAnswer } from "@onsale/contract/admin-layout";
import { formatFigure } from "@onsale/core/shared/format";
import { problemWords } from "@onsale/words/problem-words";
import { useLocale } from "../locale/locale-context.tsx";
import { Check } from "../../ui/check.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "./layout-import.module.css";

export function countWords(answer: Pick<ImportAnswer, "counts">, locale: Locale): string {
  const { seats, gaCapacity, sections, rows, tables, categories } = answer.counts;
  const counted = (n: number, one: string, many: string) =>
    `${formatFigure(n, { locale })} ${n === 1 ? one : many}`;
  const parts = [
    counted(seats, "seat", "seats"),
    `${formatFigure(gaCapacity, { locale })} standing`,
    counted(sections, "section", "sections"),
    counted(rows, "row", "rows"),
    ...(tables > 0 ? [counted(tables, "table", "tables")] : []),
    counted(categories, "category", "categories"),
  ];
  return parts.join(", ");
}

type VerdictProps = {
  readonly answer: ImportAnswer;
  readonly fileName: string;
  readonly notForSale: readonly string[];
  readonly onNotForSale: (names: readonly string[]) => void;
};

/** What the file holds, what is wrong with it, and what a layout of it leaves out. */
export function Verdict({ answer, fileName, notForSale, onNotForSale }: VerdictProps) {
  const locale = useLocale();
  const { ok, format, problems, problemCount, notes, categories } = answer;
  return (
    <>
      <Notice
        tone={ok ? "go" : "stop"}
        title={
          ok
            ? `${fileName} is good: ${countWords(answer, locale)}.`
            : `${fileName} has ${formatFigure(problemCount, { locale })} ${problemCount === 1 ? "fault" : "faults"}. Nothing was saved.`
        }
      >
        <p>
          {format === null
            ? "The format was not recognised."
            : `Read as ${format}. ${ok ? "" : countWords(answer, locale)}`}
        </p>
        {notes.map((note) => (
          <p key={`${note.code} ${note.path}`}>{problemWords(note, locale)}</p>
        ))}
      </Notice>
      {problems.length > 0 && (
        <ul className={styles["problems"]} aria-label="Faults in the file">
          {problems.map((problem, index) => (
            <li key={index}>
              <span className={styles["path"]}>{problem.path}</span>
              <span>{problemWords(problem, locale)}</span>
            </li>
          ))}
        </ul>
      )}
      {problemCount > problems.length && (
        <p>And {formatFigure(problemCount - problems.length, { locale })} more.</p>
      )}
      {categories.length > 1 && (
        <fieldset className={styles["kept"]}>
          <legend>Price levels that are not for sale</legend>
          <p className="soft">Their places are kept by the organizer and need no price.</p>
          {categories.map((category) => (
            <Check
              key={category}
              checked={notForSale.includes(category)}
              onChange={({ currentTarget: { checked } }) =>
                onNotForSale(
                  checked ? [...notForSale, category] : notForSale.filter((name) => name !== category),
                )
              }
            >
              {category}
            </Check>
          ))}
        </fieldset>
      )}
    </>
  );
}
