"use client";

import type { AccessOverview } from "@onsale/contract/admin-access";
import type { AdminEvent } from "@onsale/contract/admin-event";
import { formatFigure } from "@onsale/core/shared/format";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { moment } from "@onsale/core/shared/format";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Section } from "../../ui/section.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { StaffFailure } from "./staff-failure.tsx";

type Batch = AccessOverview["batches"][number];

/** Codes that were made, how many fans came in by them, and the way to stop them. */
export function AccessBatches({
  event,
  batches,
  mayRevoke,
}: {
  event: AdminEvent;
  /** null: they are on their way. */
  batches: readonly Batch[] | null;
  mayRevoke: boolean;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const eventId = event.id;
  const revoke = useMutation(
    trpc.admin.access.revoke.mutationOptions({
      onSuccess: () =>
        queries.invalidateQueries({ queryKey: trpc.admin.access.overview.queryKey({ eventId }) }),
    }),
  );
  const columns: readonly TableColumn<Batch>[] = [
    ...columnsOf(event.timeZone),
    {
      id: "revoke",
      header: "Revoke",
      action: true,
      cell: (batch) => (
        <Revoke
          batch={batch}
          mayRevoke={mayRevoke}
          busy={revoke.isPending}
          onRevoke={() => revoke.mutate({ eventId, batchId: batch.batchId })}
        />
      ),
    },
  ];
  return (
    <Section title="Codes made so far">
      {revoke.isError && <StaffFailure error={revoke.error} />}
      {batches === null && <Skeleton label="Reading the codes." shape="rows" rows={3} />}
      {batches?.length === 0 && (
        <EmptyState title="No code was made yet.">
          Codes stand here together as they were made, with how many fans came in by them.
        </EmptyState>
      )}
      {batches && batches.length > 0 && (
        <DataTable
          label="Codes made so far"
          columns={columns}
          rows={batches}
          keyOf={({ batchId }) => batchId}
        />
      )}
    </Section>
  );
}

const columnsOf = (timeZone: string): readonly TableColumn<Batch>[] => [
  { id: "label", header: "For", names: true, cell: ({ label }) => label || "No label" },
  { id: "window", header: "Presale", cell: ({ windowKey }) => windowKey },
  {
    id: "made",
    header: "Made",
    sort: { by: "time", value: ({ createdAtMs }) => createdAtMs },
    cell: ({ createdAtMs }) => moment(createdAtMs, timeZone),
  },
  {
    id: "codes",
    header: "Codes",
    figures: true,
    sort: { by: "number", value: ({ codes }) => codes },
    cell: ({ codes }) => formatFigure(codes),
  },
  {
    id: "used",
    header: "Used",
    figures: true,
    sort: { by: "number", value: ({ uses }) => uses },
    cell: ({ uses, codes, usesEach }) => `${formatFigure(uses)} of ${formatFigure(codes * usesEach)}`,
  },
  {
    id: "until",
    header: "Until",
    cell: ({ expiresAtMs }) =>
      expiresAtMs === null ? "the end of the presale" : moment(expiresAtMs, timeZone),
  },
];

/** Asks once more: nobody can bring a revoked code back. */
function Revoke({
  batch,
  mayRevoke,
  busy,
  onRevoke,
}: {
  batch: Batch;
  mayRevoke: boolean;
  busy: boolean;
  onRevoke: () => void;
}) {
  const [asked, setAsked] = useState(false);
  if (batch.revoked === batch.codes) return <>Revoked</>;
  if (!mayRevoke) return <>Good</>;
  if (!asked)
    return (
      <Button
        kind="quiet"
        aria-label={`Revoke ${batch.label || "these codes"}`}
        onClick={() => setAsked(true)}
      >
        Revoke
      </Button>
    );
  return (
    <Button busy={busy} onClick={onRevoke}>
      Let nobody new in
    </Button>
  );
}
