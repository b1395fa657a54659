"use client";

import type { AdminLine, LineWave } from "@onsale/contract/admin-line";
import type { AdminEvent } from "@onsale/contract/admin-event";
import { isDrawn, lineFiguresOf } from "@onsale/core/line/staff-figures";
import { useRef } from "react";
import { StaffFailure } from "../admin/staff-failure.tsx";
import { useMay } from "../organization/may-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ConsoleFigures } from "./console-figures.tsx";
import { KeyHelp } from "./console-keys.tsx";
import { Dials } from "./dials.tsx";
import { MoveLevers } from "./move-levers.tsx";
import type { DepthSample } from "./depth-samples.ts";
import { StateBanner } from "./state-banner.tsx";
import { useConsoleKeys } from "./use-console-keys.ts";
import { useLevers } from "./use-levers.ts";
import { useLineClock, useLineLive } from "./use-line-live.ts";
import { WaveChart } from "./wave-chart.tsx";
import { WaveTable } from "./wave-table.tsx";
import styles from "./line-console.module.css";

const NO_WAVES: readonly LineWave[] = [];
const NO_DEPTH: readonly DepthSample[] = [];

/** The live part of a line, for a screen on the wall as much as for the desk. */
export function ReleaseConsole({
  line,
  event,
  onMoved,
}: {
  line: AdminLine;
  event: AdminEvent;
  onMoved: () => void;
}) {
  const wall = useRef<HTMLDivElement>(null);
  const { watched, look } = useLineLive(line);
  const { nowMs, silentS } = useLineClock(watched.data);
  const keys = useConsoleKeys(wall);
  const mayRun = useMay(event.organizationId)("line.run");
  const live = watched.data?.live;
  const shown = live?.line ?? line;
  const wasOpen = shown.state !== "closed" || shown.finishedAtMs !== null;
  const isOver = shown.finishedAtMs !== null;
  const figures = live && lineFiguresOf(live);
  const waves = watched.data?.waves ?? NO_WAVES;
  const version = Math.max(line.settingsVersion, shown.settingsVersion);
  const levers = useLevers({ line: shown, version }, event.timeZone, () => {
    void look();
    onMoved();
  });
  return (
    <div className={styles["console"]} ref={wall}>
      <StateBanner
        line={shown}
        now={live?.now ?? null}
        silentS={silentS}
        nowMs={nowMs}
        timeZone={event.timeZone}
      />
      {watched.isError && !live && <StaffFailure error={watched.error} />}
      {watched.isError && live && (
        <Notice tone="stop" title="The server does not answer.">
          <p>The numbers below are the last ones it gave. This page goes on asking.</p>
        </Notice>
      )}
      {wasOpen && figures && live && <ConsoleFigures eventId={event.id} figures={figures} live={live} />}
      <div className={wasOpen && !isOver ? styles["cockpit"] : undefined}>
        {wasOpen && (
          <WaveChart
            waves={waves}
            depth={watched.data?.depth ?? NO_DEPTH}
            nowMs={nowMs}
            timeZone={event.timeZone}
            hasNumbers={isDrawn(shown)}
            beside={
              <Button kind="quiet" onClick={keys.fillScreen}>
                Fill the screen
              </Button>
            }
          />
        )}
        {mayRun && figures && (
          <MoveLevers line={shown} figures={figures} levers={levers} timeZone={event.timeZone} />
        )}
      </div>
      {mayRun && wasOpen && figures && !isOver && (
        <Dials line={shown} figures={figures} busy={levers.isPulling} onPull={levers.pull} />
      )}
      {wasOpen && <WaveTable line={shown} waves={waves} timeZone={event.timeZone} />}
      {mayRun && wasOpen && !isOver && <KeyHelp keys={keys} />}
    </div>
  );
}
