import type { AdminLine } from "@onsale/contract/admin-line";
import { formatFigure } from "@onsale/core/shared/format";
import { drawFilePath } from "@onsale/core/line/line-paths";
import { isDrawn } from "@onsale/core/line/staff-figures";
import { Section } from "../../ui/section.tsx";
import { dayTime } from "./console-model.ts";
import { fans } from "./lever-moves.ts";
import styles from "./line-console.module.css";

/** What was published when, so that the draw can be checked by anybody; and the settings that are fixed by now. */
export function DrawProof({ line, slug, timeZone }: { line: AdminLine; slug: string; timeZone: string }) {
  const isPublished = isDrawn(line);
  const facts: [string, string | null][] = [
    ["Commitment (SHA-256 of the seed), since the lobby opened", line.commitment],
    ["Root of the entries, since the lobby closed", line.entriesRoot],
    ...(line.publicValueSource === null
      ? []
      : ([[`Public value: ${line.publicValueSource}`, line.publicValue]] as [string, string | null][])),
    ["Seed, since the draw", line.seed],
  ];
  return (
    <>
      <Section title="The draw">
        <p className="soft">
          {isPublished
            ? `${fans(line.drawn ?? 0)} ${line.drawn === 1 ? "was" : "were"} drawn. Anybody can recompute the order from the file alone.`
            : "Each line below is published the moment it exists; none can be changed after."}
        </p>
        <dl className={styles["proof"]}>
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd data-published={value !== null}>{value ?? "not yet"}</dd>
            </div>
          ))}
        </dl>
        {isPublished && (
          <p>
            <a href={drawFilePath(line.id)}>draw.json</a>, checked with{" "}
            <code>
              ticketctl line verify {slug}
              {line.windowKey === "public" ? "" : ` --window ${line.windowKey}`}
            </code>
          </p>
        )}
      </Section>
      <Section title="Settings">
        <p className="soft">Fixed since the lobby opened, so that nobody who joined meets other rules.</p>
        <dl className={styles["fixed"]}>
          {settingsOf(line, timeZone).map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  );
}

const minutes = (ms: number) => `${formatFigure(ms / 60_000, { decimals: 1 })} min`;

function settingsOf(line: AdminLine, timeZone: string): [string, string][] {
  return [
    ["Lobby", dayTime(line.lobbyOpensAtMs, timeZone)],
    ["Draw", dayTime(line.drawsAtMs, timeZone)],
    ["One place per", line.onePer === "account" ? "account" : "mailbox"],
    ["Confirmed e-mail", line.requireVerifiedEmail ? "needed" : "not needed"],
    ["Pass without a sign of life", minutes(line.passTtlMs)],
    ["Time inside at most", minutes(line.passMaxMs)],
    ["A missed turn is kept for", minutes(line.graceMs)],
  ];
}
