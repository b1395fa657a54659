"use client";

import { readFailure } from "../errors/app-failure.ts";
import { wordsFor } from "../errors/error-words.ts";
import { Notice } from "../../ui/notice.tsx";

/** For staff: the exact sentence of the refusal, and everything that is missing. */
export function StaffFailure({ error }: { error: unknown }) {
  const failure = readFailure(error);
  const words = wordsFor(failure);
  const exact = error instanceof Error && failure.code !== null ? error.message : null;
  const missing = failure.details["missing"];
  return (
    <Notice tone="stop" title={exact ?? words.title}>
      {Array.isArray(missing) ? (
        <ul>
          {missing.map((line) => (
            <li key={String(line)}>{String(line)}</li>
          ))}
        </ul>
      ) : (
        <p>{words.todo}</p>
      )}
    </Notice>
  );
}
