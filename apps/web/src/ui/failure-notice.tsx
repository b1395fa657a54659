"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { readFailure } from "../features/errors/app-failure.ts";
import { wordsFor } from "../features/errors/error-words.ts";
import { hrefOf } from "../features/errors/ways.ts";
import { useLocale } from "../features/locale/locale-context.tsx";
import { Notice } from "./notice.tsx";

/** A failure in the fan's words: what happened, whether anything was charged, what to do. */
export function FailureNotice({ error, children }: { error: unknown; children?: ReactNode }) {
  const { title, todo, way } = wordsFor(readFailure(error), useLocale());
  const here = usePathname();
  const href = way ? hrefOf(way, here) : null;
  return (
    <Notice tone="stop" title={title}>
      <p>{todo}</p>
      {way && href !== null && (
        <p>
          <a className="tap" href={href}>
            {way.label}
          </a>
        </p>
      )}
      {children}
    </Notice>
  );
}
