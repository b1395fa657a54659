import type { Standing } from "@onsale/core/line/standing";
import type { EventPage } from "@onsale/contract/event";
import type { LineNow } from "@onsale/core/line/now-serving";
import { counted } from "./line-words.ts";
import styles from "./line.module.css";

/** How the order comes about, and what anybody can check of it. */
export function DrawFacts({
  event,
  now,
  standing,
}: {
  event: Pick<EventPage, "slug">;
  now: LineNow;
  standing: Standing | null;
}) {
  const isDrawn = now.state !== "closed" && now.state !== "lobby" && now.state !== "drawing";
  return (
    <details className={styles["draw"]}>
      <summary>How the draw works, and how to check it</summary>
      <div className={styles["drawBody"]}>
        <p>
          Before the lobby opens we choose a secret and publish its fingerprint. When the lobby closes, a
          second fingerprint fixes who is in it. Only then is the secret used to shuffle everybody, and shown.
          Nobody can change the secret or the list afterwards without the fingerprints giving it away.
        </p>
        <dl>
          <Fact
            name="Fingerprint of the secret"
            hex={now.commitment}
            words="published when the lobby opens"
          />
          <Fact
            name="Fingerprint of all entries"
            hex={now.entriesRoot}
            words="published when the lobby has closed"
          />
          {now.publicValueSource !== null && (
            <Fact name="Mixed with a public value" hex={null} words={now.publicValueSource} />
          )}
          {standing && <Fact name="Your entry" hex={standing.entry} words="" />}
        </dl>
        {isDrawn || now.finished ? (
          <p>
            {counted(now.entries, "fan")} took part. <a href={`/events/${event.slug}/draw`}>Check the draw</a>{" "}
            in your own browser.
          </p>
        ) : (
          <p>After the draw anybody can check it, here in the browser or with their own program.</p>
        )}
      </div>
    </details>
  );
}

/** A figure to compare letter by letter, or what stands there until it exists. */
function Fact({ name, hex, words }: { name: string; hex: string | null; words: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={hex === null ? undefined : styles["hex"]}>{hex ?? words}</dd>
    </div>
  );
}
