"use client";

import { formatDayAndTime } from "@onsale/core/shared/format";
import type { ErrorDetails } from "@onsale/core/shared/error-details";
import { useQuery } from "@tanstack/react-query";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { readFailure } from "../errors/app-failure.ts";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { StaffFailure } from "./staff-failure.tsx";

export type Difference = { readonly label: string; readonly mine: string; readonly theirs: string };

const DIFFERENCES: readonly TableColumn<Difference>[] = [
  { id: "field", header: "Field", names: true, cell: ({ label }) => label },
  { id: "theirs", header: "There now", cell: ({ theirs }) => theirs || "nothing" },
  { id: "mine", header: "Yours", cell: ({ mine }) => mine || "nothing" },
];

type Props<T> = {
  readonly error: unknown;
  /** Reads what stands there now. */
  readonly load: () => Promise<T>;
  /** What both sides changed, side by side. */
  readonly differences: (theirs: T) => readonly Difference[];
  readonly labelOf?: (field: string) => string;
  readonly timeZone: string;
  readonly onTheirs: (theirs: T) => void;
  readonly onMine: (theirs: T) => void;
};

/** A save that came too late: who was there before and what they did, and both ways on. */
export function SaveFailure<T>(props: Props<T>) {
  const { code, details } = readFailure(props.error);
  return code === "change.stale" && details.thing !== "venue" ? (
    <ChangedMeanwhile {...props} stale={details} />
  ) : (
    <StaffFailure error={props.error} />
  );
}

type Stale = Extract<ErrorDetails["change.stale"], { readonly changes: unknown }>;

function ChangedMeanwhile<T>(props: Omit<Props<T>, "error"> & { readonly stale: Stale }) {
  const { load, differences, labelOf, timeZone, onTheirs, onMine } = props;
  const { thing, version, changes } = props.stale;
  const now = useQuery({
    queryKey: ["changed-meanwhile", thing, version, changes.at(-1)?.atMs ?? 0],
    queryFn: load,
    staleTime: 0,
    gcTime: 0,
  });
  const both = now.data === undefined ? [] : differences(now.data);
  return (
    <Notice tone="stop" title="Somebody else saved while you were at it. Nothing of yours was saved yet.">
      <ul>
        {changes.map((change) => (
          <li key={change.version}>
            {change.by}, {formatDayAndTime(change.atMs, { timeZone })}
            {change.fields.length > 0 &&
              `: ${change.fields.map((field) => labelOf?.(field) ?? field).join(", ")}`}
          </li>
        ))}
      </ul>
      {both.length > 0 && (
        <DataTable
          label="Changed by both of you"
          titled
          columns={DIFFERENCES}
          rows={both}
          keyOf={({ label }) => label}
        />
      )}
      {now.isError && <StaffFailure error={now.error} />}
      <p>
        To keep yours puts what you typed on top of what stands there now; nothing is saved until you save it
        again.
      </p>
      <Actions>
        <Button
          busy={now.isPending}
          onClick={() => {
            if (now.data !== undefined) onMine(now.data);
          }}
        >
          Keep mine and go on editing
        </Button>
        <Button
          busy={now.isPending}
          onClick={() => {
            if (now.data !== undefined) onTheirs(now.data);
          }}
        >
          Drop mine and load theirs
        </Button>
      </Actions>
    </Notice>
  );
}
