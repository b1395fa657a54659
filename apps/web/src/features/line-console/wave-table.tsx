"use client";

import type { AdminLine, LineWave } from "@onsale/contract/admin-line";
import { useLocale } from "../locale/locale-context.tsx";
import { waveTone } from "@onsale/core/line/wave-tone";
import { reasonWords } from "@onsale/words/line-words";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Section } from "../../ui/section.tsx";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { clockTime, whole } from "./console-model.ts";
import { inputOf } from "./wave-input.ts";
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
  waves: readonly LineWave[];
  timeZone: string;
}) {
  const [beforeSeq, setBeforeSeq] = useState<number | null>(null);
  const trpc = useTRPC();
  const older = useQuery(
    trpc.admin.lines.waves.queryOptions(
      { lineId: line.id, limit: OLDER_MAX, ...(beforeSeq === null ? {} : { beforeSeq }) },
      { enabled: beforeSeq !== null, staleTime: Infinity },
    ),
  );
  const rows = beforeSeq === null ? waves.slice(0, PAGE) : (older.data ?? []);
  const last = rows.at(-1)?.seq ?? 0;
  return (
    <Section title="Waves" anchor="waves">
      {waves.length === 0 ? (
        <EmptyState title="No wave yet.">A wave is written down whenever somebody is let in.</EmptyState>
      ) : (
        <DataTable
          label="Waves"
          dense
          columns={columnsOf(timeZone)}
          rows={rows}
          keyOf={({ seq }) => String(seq)}
        />
      )}
      <Actions>
        {last > 1 && (
          <Button busy={older.isFetching} onClick={() => setBeforeSeq(last)}>
            Older waves
          </Button>
        )}
        {beforeSeq !== null && <Button onClick={() => setBeforeSeq(null)}>The newest waves</Button>}
      </Actions>
    </Section>
  );
}

const inMs = (value: number | null) => (value === null || value === 0 ? "–" : `${whole(value)} ms`);
const inPercent = (value: number | null) => (value === null ? "–" : `${value} %`);

/** What the controller knew of a wave, in one column. */
const known = (
  header: string,
  input: Parameters<typeof inputOf>[1],
  words: (value: number | null) => string = whole,
): TableColumn<LineWave> => ({
  id: input,
  header,
  figures: true,
  rest: true,
  cell: (wave) => words(inputOf(wave, input)),
});

const columnsOf = (timeZone: string): readonly TableColumn<LineWave>[] => [
  { id: "wave", header: "Wave", names: true, cell: ({ seq }) => seq },
  { id: "at", header: "At", cell: ({ atMs }) => clockTime(atMs, timeZone) },
  { id: "in", header: "Let in", figures: true, cell: ({ admitted }) => <strong>{whole(admitted)}</strong> },
  { id: "inside", header: "Inside", figures: true, cell: ({ activeAfter }) => whole(activeAfter) },
  { ...known("Cap", "cap"), rest: undefined },
  { id: "why", header: "Why not more", cell: ({ reason }) => <Reason reason={reason} /> },
  known("At the front", "front"),
  known("Inflow/s", "inflowPerSecond"),
  known("Pace", "pacePct", inPercent),
  known("Orders waiting", "ordersWaiting"),
  known("Database", "databaseMs", inMs),
  known("Payments", "providerMs", inMs),
  known("Free", "free"),
  known("Held", "held"),
  known("Tickets per fan", "ticketsPerPass", (value) => value?.toFixed(1) ?? "–"),
];

function Reason({ reason }: Pick<LineWave, "reason">) {
  const { label, says } = reasonWords(reason, useLocale());
  const tone = waveTone(reason);
  return (
    <span className={styles["reason"]} data-tone={tone} title={says}>
      {label}
    </span>
  );
}
