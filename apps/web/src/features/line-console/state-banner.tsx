import type { AdminLine } from "@onsale/contract/admin-line";
import { useLocale } from "../locale/locale-context.tsx";
import type { LineNow } from "@onsale/core/line/now-serving";
import { countdown } from "@onsale/core/line/staff-figures";
import { lineStateWords, reasonWords } from "@onsale/words/line-words";
import { dayTime } from "./console-model.ts";
import styles from "./line-console.module.css";

/** The controller writes its document each second; this long without a new one is worth a word. */
const SILENCE_S = 5;

/** Where the line stands, what that means for fans, what comes next, and whether anybody is at the wheel. */
export function StateBanner({
  line,
  now,
  silentS,
  nowMs,
  timeZone,
}: {
  line: AdminLine;
  now: LineNow | null;
  silentS: number;
  nowMs: number;
  timeZone: string;
}) {
  const locale = useLocale();
  const words = lineStateWords(line, locale);
  const next = nextStep(line, timeZone);
  const resting =
    now?.resting && (line.state === "open" || line.state === "draining")
      ? reasonWords(now.resting, locale)
      : null;
  const isSilent = line.finishedAtMs === null && (silentS >= SILENCE_S || (now === null && silentS >= 3));
  return (
    <header className={styles["banner"]} data-state={line.finishedAtMs === null ? line.state : "over"}>
      <output className={styles["stateWord"]} data-testid="line-state">
        {words.label}
      </output>
      <p className={styles["stateSays"]}>
        {words.fans}
        {now?.soldOut && " Every seat is sold; those who wait are told so and may join the waitlist."}
        {!now?.soldOut && resting && ` Nobody goes in at the moment: ${lower(resting.says)}`}
      </p>
      {next && (
        <p className={styles["next"]}>
          <span>{next.label}</span>
          {/* The server's page is some seconds older than the browser's clock. */}
          <strong role="timer" suppressHydrationWarning>
            {next.atMs > nowMs ? countdown(next.atMs - nowMs) : "now"}
          </strong>
          <span>{next.at}</span>
        </p>
      )}
      {isSilent && (
        <p className={styles["silent"]} role="alert">
          No sign of the line’s controller{now ? ` for ${silentS} s` : ""}. Is a worker running? Nobody is let
          in until one does; every place is kept.
        </p>
      )}
    </header>
  );
}

function nextStep(line: AdminLine, timeZone: string): { label: string; atMs: number; at: string } | null {
  if (line.finishedAtMs !== null) return null;
  if (line.state === "closed")
    return {
      label: "Lobby opens in",
      atMs: line.lobbyOpensAtMs,
      at: dayTime(line.lobbyOpensAtMs, timeZone),
    };
  if (line.state === "lobby")
    return { label: "Draw in", atMs: line.drawsAtMs, at: dayTime(line.drawsAtMs, timeZone) };
  return null;
}

const lower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
