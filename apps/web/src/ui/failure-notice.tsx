"use client";

import type { ReactNode } from "react";
import { readFailure } from "../features/errors/app-failure.ts";
import { wordsFor } from "../features/errors/error-words.ts";
import { useLocale } from "../features/locale/locale-context.tsx";
import { Notice } from "./notice.tsx";

/** A failure in the fan's words: what happened, whether anything was charged, what to do. */
export function FailureNotice({ error, children }: { error: unknown; children?: ReactNode }) {
  const { title, todo, way } = wordsFor(readFailure(error), useLocale());
  return (
    <Notice tone="stop" title={title}>
      <p>{todo}</p>
      {way && (
        <p>
          <a href={way.path}>{way.label}</a>
        </p>
      )}
      {children}
    </Notice>
  );
}
