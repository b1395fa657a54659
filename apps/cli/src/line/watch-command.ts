import { setTimeout as wait } from "node:timers/promises";
import type { Container } from "@onsale/api/compose/container";
import type { WaveRow } from "@onsale/core/line/line-store";
import { ACTOR, type Cli } from "../cli.ts";
import { describeFailure, EXIT_BY_CATEGORY } from "../exit-codes.ts";
import { type EventLine, findLine } from "./find-line.ts";
import type { LineOptions } from "./lever-commands.ts";
import { jsonLine, type LineLook, plainLine, screenLines } from "./line-screen.ts";
import { makeRepaint } from "./repaint.ts";

const EVERY_MS = 1_000;
const FIRST_WAVES = 60;
/** A look that came late still finds the waves since the one before. */
const NEXT_WAVES = 12;
const WAVES_KEPT = 90;

type Options = LineOptions & { readonly seconds?: number };

export async function watch(cli: Cli, id: string, options: Options): Promise<void> {
  const container = await cli.container();
  const found = await findLine(container, id, options.window);
  // Ctrl-C leaves the last picture and a cursor that is seen.
  cli.drain = true;
  const look = makeLook(container, found);
  const tell = makeTell(cli, options);
  try {
    for (let second = 0; second < (options.seconds ?? Infinity) && !cli.signal.aborted; second++) {
      const seen = await look().catch((error: unknown) => outageOf(error));
      if ("line" in seen) tell.look(seen);
      else tell.outage(seen.message);
      if ("line" in seen && seen.line.finishedAtMs !== null) break;
      if (second + 1 < (options.seconds ?? Infinity))
        await wait(EVERY_MS, undefined, { signal: cli.signal }).catch(() => undefined);
    }
  } finally {
    tell.end();
  }
}

/** A service that is away now may be back in a second; anything else ends the watch. */
function outageOf(error: unknown): { message: string } {
  const failure = describeFailure(error);
  if (failure.exitCode !== EXIT_BY_CATEGORY.unavailable) throw error;
  return { message: failure.message };
}

function makeLook(container: Container, { event, line }: EventLine): () => Promise<LineLook> {
  let known: readonly WaveRow[] = [];
  return async () => {
    const { lines } = container.services;
    const limit = known.length === 0 ? FIRST_WAVES : NEXT_WAVES;
    const [moment, came] = await Promise.all([
      lines.live(ACTOR, line.id),
      lines.waves(ACTOR, { lineId: line.id, limit }),
    ]);
    const bySeq = new Map([...known, ...came].map((wave) => [wave.seq, wave]));
    known = [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, WAVES_KEPT);
    return {
      ...moment,
      title: event.title,
      timeZone: event.timeZone,
      atMs: container.clock.nowMs(),
      waves: known,
    };
  };
}

function makeTell({ output }: Cli, { json }: Options) {
  const { terminal } = output;
  const picture = makeRepaint(terminal);
  const paint = { strong: output.strong, faint: output.faint };
  if (json)
    return {
      look: (look: LineLook) => output.json(jsonLine(look)),
      outage: (message: string) =>
        output.json({ ok: false, error: { code: "service.unavailable", message, details: {} } }),
      end: () => undefined,
    };
  if (!terminal.stdoutIsTty)
    return {
      look: (look: LineLook) => output.line(plainLine(look)),
      outage: (message: string) => output.warn(message),
      end: () => undefined,
    };
  let last: string[] = [];
  return {
    look(look: LineLook): void {
      last = screenLines(look, terminal.columns, paint);
      picture.paint(last);
    },
    /** The last picture stays; what it lacks is said below it. */
    outage: (message: string) => picture.paint([...last, `✗ ${message}`]),
    end: picture.end,
  };
}
