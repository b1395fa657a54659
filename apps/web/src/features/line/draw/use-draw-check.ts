"use client";

import { LineNow } from "@onsale/core/line/now-serving";
import { drawFilePath, lineNowPath } from "@onsale/core/line/line-paths";
import { useRef, useState } from "react";
import { checkDraw, type DrawReport } from "./check-draw.ts";

export type CheckState =
  | { readonly kind: "idle" }
  | { readonly kind: "working"; readonly words: string; readonly share: number }
  | { readonly kind: "failed"; readonly title: string; readonly words: string }
  | {
      readonly kind: "done";
      readonly report: DrawReport;
      readonly tookMs: number;
      /** Whether it was also compared with what the line had published. */
      readonly against: boolean;
    };

/** A million entries are some 35 MB. */
const OWN_FILE_BYTES_MAX = 80 * 1024 * 1024;

/** Lets the browser draw the page and take keys between two steps of work. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

export function useDrawCheck(lineId: string) {
  const [state, setState] = useState<CheckState>({ kind: "idle" });
  const latest = useRef(0);

  async function run(entry: string | null, read: () => Promise<string | CheckState>): Promise<void> {
    const turn = ++latest.current;
    const show = (next: CheckState) => {
      if (turn === latest.current) setState(next);
    };
    show({ kind: "working", words: "Fetching the file.", share: 0 });
    const [text, seen] = await Promise.all([read(), published(lineId)]);
    if (typeof text !== "string") return show(text);
    const from = performance.now();
    const report = await checkDraw(text, { seen: seen ?? {}, entry }, async (share) => {
      show({ kind: "working", words: "Doing the draw again.", share });
      await breathe();
    });
    show({ kind: "done", report, tookMs: performance.now() - from, against: seen !== null });
  }

  return {
    state,
    published: (entry: string | null) => run(entry, () => fetchFile(lineId)),
    own: (file: File, entry: string | null) =>
      run(entry, async () => (file.size > OWN_FILE_BYTES_MAX ? TOO_LARGE : file.text())),
  };
}

const TOO_LARGE: CheckState = {
  kind: "failed",
  title: "This file is too large to be a draw.",
  words: "A million entries take about 35 MB.",
};

async function fetchFile(lineId: string): Promise<string | CheckState> {
  try {
    const response = await fetch(drawFilePath(lineId));
    if (response.ok) return await response.text();
    return {
      kind: "failed",
      title: response.status === 404 ? "The draw is not published yet." : "The file could not be fetched.",
      words:
        response.status === 404
          ? "It is published as soon as the draw is made. What you can see before is its fingerprint, on the line’s page."
          : "Wait a moment, then try again.",
    };
  } catch {
    return { kind: "failed", title: "The connection broke.", words: "Try again when it is back." };
  }
}

/** What the line itself says was published; null when it cannot be asked, as for a file from elsewhere. */
async function published(lineId: string): Promise<{ commitment?: string; entriesRoot?: string } | null> {
  try {
    const now = LineNow.parse(await (await fetch(lineNowPath(lineId))).json());
    return now.commitment && now.entriesRoot
      ? { commitment: now.commitment, entriesRoot: now.entriesRoot }
      : null;
  } catch {
    return null;
  }
}
