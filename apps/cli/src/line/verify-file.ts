import { verifyDrawWithPauses } from "@onsale/core/line/verify-draw";
import { InclusionPath } from "@onsale/core/line/draw-file";
import { verifyInclusion } from "@onsale/core/line/merkle";
import type { ErrorDetails } from "@onsale/core/shared/error-details";
import { AppError } from "@onsale/core/shared/errors";
import { FILE_BYTES_MAX, readText } from "../files.ts";
import { CliError } from "../cli-error.ts";

/** A million entries are 35 MB; nobody has to hold more than that in memory because an address said so. */
const FETCH_LIMIT_MS = 60_000;

type Why = ErrorDetails["draw.refused"]["why"];

const refuse = (why: Why, at?: number): AppError =>
  new AppError("draw.refused", { why, ...(at === undefined ? {} : { at }) });

/** A published draw as somebody has it: a file, "-", or an address. Text that is no JSON is a refused draw. */
export async function readDraw(source: { file: string } | { url: string }): Promise<unknown> {
  const text = "file" in source ? await readText(source.file) : await fetchText(source.url);
  return parseJson(text) ?? refuseNow("not_a_draw");
}

export async function readPath(file: string): Promise<InclusionPath> {
  return InclusionPath.safeParse(parseJson(await readText(file))).data ?? refuseNow("not_a_path");
}

function refuseNow(why: Why): never {
  throw refuse(why);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

async function fetchText(url: string): Promise<string> {
  const unreachable = (status: number | null, cause?: unknown) =>
    new CliError("url_unreachable", { url, status }, { cause });
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new CliError("not_http", { url });
  const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_LIMIT_MS) }).catch((cause: unknown) => {
    throw unreachable(null, cause);
  });
  if (answer.status === 404) throw new CliError("no_draw_there", { url });
  if (!answer.ok) throw unreachable(answer.status);
  // A length may be missing or wrong, so what comes is counted.
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > FILE_BYTES_MAX) throw new CliError("url_too_large", { url, max: FILE_BYTES_MAX });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export type DrawCheck = {
  readonly entry?: string | undefined;
  /** What was published before the draw, from wherever the person kept it. */
  readonly commitment?: string | undefined;
  readonly entriesRoot?: string | undefined;
  readonly path?: InclusionPath | undefined;
  /** Told the share that is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
};

export type DrawHolds = {
  readonly entries: number;
  /** Of the asked entry, from 1; null when none was asked for. */
  readonly place: number | null;
};

/** Throws draw.refused with the rule that is broken and where. */
export async function checkDraw(file: unknown, asked: DrawCheck): Promise<DrawHolds> {
  const { path, commitment, entriesRoot } = asked;
  if (path && asked.entry !== undefined && path.entry !== asked.entry) throw refuse("path_entry");
  const entry = asked.entry ?? path?.entry;
  const verdict = await verifyDrawWithPauses(
    file,
    {
      ...(entry === undefined ? {} : { entry }),
      ...(commitment === undefined ? {} : { commitment }),
      ...(entriesRoot === undefined ? {} : { entriesRoot }),
    },
    async (share) => {
      asked.onProgress(share);
      await new Promise((resolve) => setImmediate(resolve));
    },
  );
  if (verdict.kind === "refused") throw refuse(verdict.why, verdict.at);
  if (path) {
    const { entriesRoot: root } = file as { entriesRoot: string };
    checkPath(path, { root, size: verdict.entries });
    if (path.number !== null && path.number !== verdict.place)
      throw refuse("path_number", verdict.place ?? 0);
  }
  return { entries: verdict.entries, place: verdict.place };
}

/** The path alone, against a root that somebody kept. */
export function checkPath(path: InclusionPath, published: { root: string; size?: number }): void {
  if (path.root !== published.root) throw refuse("path_root");
  if (published.size !== undefined && path.size !== published.size) throw refuse("path_size");
  if (!verifyInclusion(path)) throw refuse("path");
}
