import type { Metadata } from "next";
import portal from "../../../features/admin/portal.module.css";
import { RiskTable } from "../../../features/risk/risk-table.tsx";
import { api } from "../../../server/bridge.ts";
import { readFor } from "../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "Risk" };
const ROWS_MAX = 200;

export default async function RiskPage() {
  const rows = await readFor("/admin/risk", async () => (await api()).admin.risk.list({ limit: ROWS_MAX }));
  return (
    <>
      <div className={portal["top"]}>
        <h1>Risk</h1>
      </div>
      <p className={portal["sub"]}>
        Accounts that met a challenge or a refusal in the last day, and those that somebody cleared or
        blocked.
      </p>
      {rows.length > 0 ? <RiskTable rows={rows} /> : <p>Nobody was held up, and nobody is marked.</p>}
    </>
  );
}
