"use client";

import { LineId } from "@onsale/core/line/line";
import { reasonWords } from "@onsale/core/line/staff-words";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import portal from "../admin/portal.module.css";
import { clockTime, whole } from "./console-model.ts";
import { type AdminLine, type AdminWave, inputOf } from "./line-types.ts";
import styles from "./line-console.module.css";

const PAGE = 15;
const OLDER_MAX = 100;

/** Every wave with what its controller knew; the newest first, older ones on request. */
export function WaveTable({
  line,
  waves,
  timeZone,
}: {
  line: AdminLine;
  waves: readonly AdminWave[];
  timeZone: string;
}) {
  const [beforeSeq, setBeforeSeq] = useState<number | null>(null);
  const trpc = useTRPC();
  const older = useQuery(
    trpc.admin.lines.waves.queryOptions(
      { lineId: LineId.parse(line.id), limit: OLDER_MAX, ...(beforeSeq === null ? {} : { beforeSeq }) },
      { enabled: beforeSeq !== null, staleTime: Infinity },
    ),
  );
  const rows = beforeSeq === null ? waves.slice(0, PAGE) : (older.data ?? []);
  const last = rows.at(-1)?.seq ?? 0;
  return (
    <section className={styles["section"]} aria-labelledby="waves-title" id="waves" tabIndex={-1}>
      <h2 id="waves-title">Waves</h2>
      {waves.length === 0 ? (
        <p className={portal["sub"]}>None yet. A wave is written down whenever somebody is let in.</p>
      ) : (
        <div className={portal["scroll"]}>
          <table className={`${portal["table"]} ${styles["waves"]}`}>
            <thead>
              <tr>
                <th scope="col">Wave</th>
                <th scope="col">At</th>
                <Head>Let in</Head>
                <Head>Inside</Head>
                <Head>Cap</Head>
                <th scope="col">Why not more</th>
                <Head>At the front</Head>
                <Head>Inflow/s</Head>
                <Head>Pace</Head>
                <Head>Orders waiting</Head>
                <Head>Database</Head>
                <Head>Payments</Head>
                <Head>Free</Head>
                <Head>Held</Head>
                <Head>Tickets per fan</Head>
              </tr>
            </thead>
            <tbody>
              {rows.map((wave) => (
                <Wave key={wave.seq} wave={wave} timeZone={timeZone} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className={portal["actions"]}>
        {last > 1 && (
          <Button busy={older.isFetching} onClick={() => setBeforeSeq(last)}>
            Older waves
          </Button>
        )}
        {beforeSeq !== null && <Button onClick={() => setBeforeSeq(null)}>The newest waves</Button>}
      </div>
    </section>
  );
}

function Head({ children }: { children: string }) {
  return (
    <th scope="col" className={portal["number"]}>
      {children}
    </th>
  );
}

function Wave({ wave, timeZone }: { wave: AdminWave; timeZone: string }) {
  const { label, says, tone } = reasonWords(wave.reason);
  const ms = (value: number | null) => (value === null || value === 0 ? "–" : `${whole(value)} ms`);
  const pace = inputOf(wave, "pacePct");
  const numbers = [
    whole(inputOf(wave, "front")),
    whole(inputOf(wave, "inflowPerSecond")),
    pace === null ? "–" : `${pace} %`,
    whole(inputOf(wave, "ordersWaiting")),
    ms(inputOf(wave, "databaseMs")),
    ms(inputOf(wave, "providerMs")),
    whole(inputOf(wave, "free")),
    whole(inputOf(wave, "held")),
    inputOf(wave, "ticketsPerPass")?.toFixed(1) ?? "–",
  ];
  return (
    <tr>
      <th scope="row">{wave.seq}</th>
      <td>{clockTime(wave.atMs, timeZone)}</td>
      <td className={`${portal["number"]} ${styles["letIn"]}`}>{whole(wave.admitted)}</td>
      <td className={portal["number"]}>{whole(wave.activeAfter)}</td>
      <td className={portal["number"]}>{whole(inputOf(wave, "cap"))}</td>
      <td>
        <span className={styles["reason"]} data-tone={tone} title={says}>
          {label}
        </span>
      </td>
      {numbers.map((text, column) => (
        <td key={column} className={portal["number"]}>
          {text}
        </td>
      ))}
    </tr>
  );
}
