import { formatFigure } from "../format.ts";
import type { Cli } from "../cli.ts";
import { makeProgress } from "../progress.ts";
import { plural } from "../words.ts";
import { findLine } from "./find-line.ts";
import { checkDraw, checkPath, readDraw, readPath } from "./verify-file.ts";
import { CliError } from "../cli-error.ts";
import { AppError } from "@onsale/core/shared/errors";

export type VerifyOptions = {
  readonly json?: boolean;
  readonly window?: string;
  readonly file?: string;
  readonly url?: string;
  readonly entry?: string;
  readonly path?: string;
  readonly commitment?: string;
  readonly root?: string;
};

const PROGRESS_STEPS = 1_000;

export async function verify(cli: Cli, event: string | undefined, options: VerifyOptions): Promise<void> {
  const sources = [event, options.file, options.url].filter((source) => source !== undefined);
  if (sources.length > 1) throw new CliError("one_draw");
  if (sources.length === 0) return verifyPathAlone(cli, options);
  const path = options.path === undefined ? undefined : await readPath(options.path);
  const { file, commitment, root } = await drawOf(cli, event, options);
  const progress = makeProgress(cli.output.terminal, "recomputing", PROGRESS_STEPS);
  const holds = await checkDraw(file, {
    entry: options.entry,
    commitment,
    entriesRoot: root,
    path,
    onProgress: (share) => progress.step(Math.floor(share * PROGRESS_STEPS)),
  }).finally(progress.end);
  const entry = options.entry ?? path?.entry ?? null;
  if (options.json) {
    cli.output.json({
      ok: true,
      ...holds,
      entry,
      comparedWith: { commitment: commitment !== undefined, root: root !== undefined },
      path: path ? { index: path.index, size: path.size } : null,
    });
    return;
  }
  cli.output.good(`The draw holds: ${plural(holds.entries, "entry", "entries")}, seed, order and root`);
  if (holds.place !== null) cli.output.good(`${entry} has number ${formatFigure(holds.place)}`);
  if (path)
    cli.output.good(`its path of ${plural(path.path.length, "hash", "hashes")} leads to the published root`);
  if (commitment === undefined || root === undefined)
    cli.output.note(
      "Checked against itself. Give --commitment and --root as you saw them before the draw to check it against those.",
    );
}

type Source = {
  readonly file: unknown;
  readonly commitment: string | undefined;
  readonly root: string | undefined;
};

/** An event's own line also tells what it published before; what the person kept wins over it. */
async function drawOf(cli: Cli, event: string | undefined, options: VerifyOptions): Promise<Source> {
  const { commitment, root } = options;
  if (options.file !== undefined) return { file: await readDraw({ file: options.file }), commitment, root };
  if (options.url !== undefined) return { file: await readDraw({ url: options.url }), commitment, root };
  const container = await cli.container();
  const { line } = await findLine(container, event ?? "", options.window);
  return {
    file: await container.services.lines.drawFile(line.id),
    commitment: commitment ?? line.commitment ?? undefined,
    root: root ?? line.entriesRoot ?? undefined,
  };
}

async function verifyPathAlone(cli: Cli, { path: file, root, entry, json }: VerifyOptions): Promise<void> {
  if (file === undefined || root === undefined) throw new CliError("which_draw");
  const path = await readPath(file);
  if (entry !== undefined && entry !== path.entry) throw new AppError("draw.refused", { why: "path_entry" });
  checkPath(path, { root });
  if (json) cli.output.json({ ok: true, entry: path.entry, path: { index: path.index, size: path.size } });
  else cli.output.good(`${path.entry} is one of the ${formatFigure(path.size)} entries of this root`);
}
