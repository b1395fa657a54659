"use client";

import type { RiskRow } from "@onsale/contract/risk";
import Link from "next/link";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { ACTION_WORDS, OUTCOME_WORDS, signWords } from "./sign-words.ts";
import { StateOfMark } from "./state-of-mark.tsx";
import { Moment } from "./moment.tsx";

const COLUMNS: readonly TableColumn<RiskRow>[] = [
  {
    id: "account",
    header: "Account",
    names: true,
    cell: ({ account: { id, email } }) => <Link href={`/admin/risk/${id}`}>{email}</Link>,
  },
  {
    id: "seen",
    header: "Last seen",
    cell: ({ sighting }) =>
      sighting ? (
        <>
          {OUTCOME_WORDS[sighting.outcome]} {ACTION_WORDS[sighting.action]}, <Moment atMs={sighting.atMs} />
        </>
      ) : (
        "not lately"
      ),
  },
  { id: "score", header: "Score", figures: true, cell: ({ sighting }) => sighting?.score ?? "" },
  {
    id: "why",
    header: "Most of all because",
    cell: ({ sighting }) => (sighting?.signs[0] ? signWords(sighting.signs[0]) : ""),
  },
  { id: "decision", header: "Decision", cell: ({ mark }) => <StateOfMark mark={mark} /> },
];

export function RiskTable({ rows }: { rows: readonly RiskRow[] }) {
  return <DataTable label="Accounts" columns={COLUMNS} rows={rows} keyOf={({ account }) => account.id} />;
}
