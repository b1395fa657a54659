"use client";

import { readFailure } from "../errors/app-failure.ts";
import { wordsFor } from "../errors/error-words.ts";
import { Notice } from "../../ui/notice.tsx";

/** For staff: what was refused, and everything that is missing or wrong. */
export function StaffFailure({ error }: { error: unknown }) {
  const { title, todo, points = [] } = wordsFor(readFailure(error));
  return (
    <Notice tone="stop" title={title}>
      {points.length > 0 ? (
        <ul>
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      ) : (
        <p>{todo}</p>
      )}
    </Notice>
  );
}
