import type { Metadata } from "next";
import Link from "next/link";
import { PageHead } from "../../../../ui/frame/page-head.tsx";
import { Section } from "../../../../ui/section.tsx";
import { EmptyState } from "../../../../ui/empty-state.tsx";
import { DecideForm } from "../../../../features/risk/decide-form.tsx";
import { Moment } from "../../../../features/risk/moment.tsx";
import { ACTION_WORDS, OUTCOME_WORDS, signWords } from "../../../../features/risk/sign-words.ts";
import { StateOfMark } from "../../../../features/risk/state-of-mark.tsx";
import { api } from "../../../../server/bridge.ts";
import { readFor } from "../../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "Risk of an account" };

export default async function RiskAccountPage({ params }: { params: Promise<{ account: string }> }) {
  const key = decodeURIComponent((await params).account);
  const { account, mark, sighting, history } = await readFor(`/admin/risk/${key}`, async () =>
    (await api()).admin.risk.get({ account: key }),
  );
  return (
    <>
      <p>
        <Link href="/admin/risk">Risk</Link>
      </p>
      <PageHead title={account.email} mark={<StateOfMark mark={mark} />} />
      <Section title="Why">
        {sighting ? (
          <>
            <p>
              {OUTCOME_WORDS[sighting.outcome]} {ACTION_WORDS[sighting.action]} with {sighting.score} points,{" "}
              <Moment atMs={sighting.atMs} />, from {sighting.address}
            </p>
            <ul>
              {sighting.signs.map((sign) => (
                <li key={sign.sign}>
                  {sign.points}: {signWords(sign)}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <EmptyState title="No challenge and no refusal in the last day." />
        )}
      </Section>
      <Section title="Decide">
        <DecideForm accountId={account.id} state={mark?.state ?? null} />
      </Section>
      <Section title="Decided before">
        {history.length > 0 ? (
          <ul>
            {history.map((one) => (
              <li key={one.atMs}>
                <Moment atMs={one.atMs} />: {one.state} by {one.by}: {one.reason}
              </li>
            ))}
          </ul>
        ) : (
          <EmptyState title="Nobody has decided about this account.">
            What is decided above stands here, with its reason and who gave it.
          </EmptyState>
        )}
      </Section>
    </>
  );
}
