"use client";

import { readFailure } from "../errors/app-failure.ts";
import { wordsFor } from "../errors/error-words.ts";
import { useLocale } from "../locale/locale-context.tsx";
import { Notice } from "../../ui/notice.tsx";
import { failurePoints } from "./failure-points.ts";
import { staffTodo } from "./staff-todo.ts";

/** For staff: what was refused, and everything that is missing or wrong. */
export function StaffFailure({ error }: { error: unknown }) {
  const locale = useLocale();
  const failure = readFailure(error);
  const { title, todo } = wordsFor(failure, locale);
  const whatToDo = staffTodo(failure, locale) ?? todo;
  const points = failurePoints(failure, locale);
  return (
    <Notice tone="stop" title={title}>
      {points.length > 0 ? (
        <ul>
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      ) : (
        <p>{whatToDo}</p>
      )}
    </Notice>
  );
}
