"use client";

import type { AdminLine, LineWave } from "@onsale/contract/admin-line";
import { waitingIn } from "@onsale/core/line/staff-figures";
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { Live } from "./console-model.ts";
import { type DepthSample, readSamples, withSample } from "./depth-samples.ts";
import { isConnected, mergeWaves } from "./merge-waves.ts";

const POLL_MS = 1_000;
const TICK_MS = 500;
const FIRST_WAVES = 120;
/** Some seconds of waves: a poll that fails now and then leaves no gap. */
const NEXT_WAVES = 12;

/** What this page has seen of a line so far. */
export type Watched = {
  readonly live: Live;
  /** Newest first. */
  readonly waves: readonly LineWave[];
  readonly depth: readonly DepthSample[];
  /** When, by this browser's clock, the published document last changed. */
  readonly changedAtMs: number;
  /** It changed while this page looked, so its time is now's and not that of a controller that has stopped. */
  readonly isFresh: boolean;
};

const watchKey = (lineId: string) => ["line-console", lineId] as const;

/** The line as it is now, asked once a second while the page is in view, and at once after a lever. */
export function useLineLive(line: AdminLine) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const lineId = line.id;
  const wavesOf = (limit: number) =>
    client.fetchQuery(trpc.admin.lines.waves.queryOptions({ lineId, limit }, { staleTime: 0, retry: false }));
  const watched = useQuery({
    queryKey: watchKey(line.id),
    refetchInterval: POLL_MS,
    staleTime: 0,
    retry: false,
    queryFn: async (): Promise<Watched> => {
      const before = client.getQueryData<Watched>(watchKey(line.id));
      const [live, came] = await Promise.all([
        client.fetchQuery(trpc.admin.lines.live.queryOptions({ lineId }, { staleTime: 0, retry: false })),
        wavesOf(before ? NEXT_WAVES : FIRST_WAVES),
      ]);
      // The tab was away for longer than the short poll reaches back.
      const waves = before && !isConnected(before.waves, came) ? await wavesOf(FIRST_WAVES) : came;
      return watchedAfter(before, { live, waves });
    },
  });
  return { watched, look: () => lookAgain(client, line.id) };
}

const lookAgain = (client: QueryClient, lineId: string) =>
  client.invalidateQueries({ queryKey: watchKey(lineId) });

function watchedAfter(
  before: Watched | undefined,
  { live, waves }: { live: Live; waves: readonly LineWave[] },
): Watched {
  const isNews = before?.live.now?.atMs !== live.now?.atMs || before === undefined;
  return {
    live,
    waves: mergeWaves(before?.waves ?? [], waves),
    depth: depthAfter(before?.depth, live),
    changedAtMs: isNews ? Date.now() : before.changedAtMs,
    isFresh: before !== undefined && (before.isFresh || isNews),
  };
}

/** How deep the line was, second by second, since this tab first looked; kept over a reload. */
function depthAfter(known: readonly DepthSample[] | undefined, live: Live): readonly DepthSample[] {
  const stored = `line-depth:${live.line.id}`;
  const before = known ?? readSamples(sessionStorage.getItem(stored));
  if (!live.now) return before;
  const inside = live.room?.active ?? live.counts.inside;
  const samples = withSample(before, { atMs: live.now.atMs, waiting: waitingIn(live), inside });
  if (samples !== before) sessionStorage.setItem(stored, JSON.stringify(samples));
  return samples;
}

/**
 * The server's clock, ticking, and for how many seconds the document has not changed. Both start from when the document
 * came in, so a browser whose clock is wrong shows the right times.
 */
export function useLineClock(watched: Watched | undefined): { nowMs: number; silentS: number } {
  const [ownMs, setOwnMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setOwnMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const changedAtMs = watched?.changedAtMs ?? ownMs;
  const sinceMs = Math.max(0, ownMs - changedAtMs);
  const documentAtMs = watched?.isFresh ? (watched.live.now?.atMs ?? null) : null;
  return {
    nowMs: documentAtMs === null ? ownMs : documentAtMs + sinceMs,
    silentS: Math.floor(sinceMs / 1_000),
  };
}
