import type { Metadata } from "next";
import { Pages } from "../../../features/admin/pages.tsx";
import { PageHead } from "../../../ui/frame/page-head.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { RiskTable } from "../../../features/risk/risk-table.tsx";
import { api } from "../../../server/bridge.ts";
import { readFor } from "../../../trpc/page-reads.ts";
import { paramText } from "../../../ui/param-text.ts";

export const metadata: Metadata = { title: "Risk" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RiskPage({ searchParams }: Props) {
  const params = { after: paramText(await searchParams, "after") };
  const page = await readFor("/admin/risk", async () =>
    (await api()).admin.risk.list({ after: params.after || null }),
  );
  return (
    <>
      <PageHead title="Risk" />
      <p className="soft">
        Accounts that met a challenge or a refusal in the last day, and those that somebody cleared or
        blocked.
      </p>
      {page.total > 0 ? (
        <RiskTable rows={page.items} />
      ) : (
        <EmptyState title="Nobody was held up, and nobody is marked.">
          Whoever meets a challenge or a refusal stands here for a day, with the reasons.
        </EmptyState>
      )}
      <Pages path="/admin/risk" params={params} page={page} nouns={["account", "accounts"]} />
    </>
  );
}
