"use client";

import type { PublicLine } from "@onsale/contract/line";
import type { EventPage } from "@onsale/contract/event";
import { drawFilePath } from "@onsale/core/line/line-paths";
import { type ChangeEvent, type FormEvent, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { formText } from "../../../ui/form-text.ts";
import { Field } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { PageFrame } from "../../../ui/frame/page-frame.tsx";
import { counted, figures } from "../line-words.ts";
import type { DrawReport } from "./check-draw.ts";
import { useDrawCheck } from "./use-draw-check.ts";
import styles from "./draw-view.module.css";
import { DRAW_FAULTS_EN } from "./draw-words.ts";

/** The published draw, checked again in this browser: nothing of it is taken on trust from the server. */
export function DrawView({
  event,
  line,
  ownEntry,
}: {
  event: Pick<EventPage, "slug" | "title">;
  line: PublicLine;
  ownEntry: string | null;
}) {
  const check = useDrawCheck(line.id);
  const [entry, setEntry] = useState(ownEntry ?? "");
  const asked = /^[0-9a-f]{32}$/.test(entry) ? entry : null;
  const submit = (form: FormEvent<HTMLFormElement>) => {
    form.preventDefault();
    const wanted = formText(new FormData(form.currentTarget), "entry").trim().toLowerCase();
    setEntry(wanted);
    void check.published(/^[0-9a-f]{32}$/.test(wanted) ? wanted : null);
  };
  const own = (change: ChangeEvent<HTMLInputElement>) => {
    const file = change.currentTarget.files?.[0];
    if (file) void check.own(file, asked);
  };
  return (
    <PageFrame width="wide" className={styles["page"]}>
      <header className={styles["head"]}>
        <p className={styles["kicker"]}>
          <a className={styles["tap"]} href={`/events/${event.slug}/line`}>
            The line for {event.title}
          </a>
        </p>
        <h1 className="display">Check the draw</h1>
        <p className={styles["lead"]}>
          Your browser does the draw again from the published file and compares it with what the line
          published before the draw.
        </p>
      </header>

      <div className={styles["columns"]}>
        <form method="post" onSubmit={submit} className={styles["form"]}>
          <Field
            label="Your entry, if you took part"
            hint="32 digits and letters; the line’s page shows yours."
          >
            {(attributes) => (
              <input
                {...attributes}
                name="entry"
                defaultValue={ownEntry ?? ""}
                spellCheck={false}
                autoComplete="off"
                autoCapitalize="none"
                pattern="\s*[0-9a-fA-F]{32}\s*"
                title="32 digits and letters from a to f"
                maxLength={40}
              />
            )}
          </Field>
          <Button kind="next" type="submit" busy={check.state.kind === "working"}>
            Check the published draw
          </Button>
          <div className={styles["own"]}>
            <label htmlFor="own-file">Or a file that you saved yourself</label>
            <input id="own-file" type="file" accept=".json,application/json" onChange={own} />
            <p className={styles["small"]}>
              A file that you choose here is not sent anywhere.{" "}
              {isPublished(line) ? (
                <a className={styles["tap"]} href={drawFilePath(line.id)} download>
                  Save the published file
                </a>
              ) : (
                "The published one can be saved here after the draw."
              )}
            </p>
          </div>
        </form>
        <Progress state={check.state} />
      </div>
      <Meaning />
    </PageFrame>
  );
}

const BEFORE_DRAW = new Set(["closed", "lobby", "drawing"]);
const isPublished = ({ state, finished }: PublicLine) => finished || !BEFORE_DRAW.has(state);

function Progress({ state }: { state: ReturnType<typeof useDrawCheck>["state"] }) {
  if (state.kind === "idle") return <div className={styles["result"]} />;
  if (state.kind === "working")
    return (
      <div className={styles["result"]}>
        <p id="draw-progress">{state.words}</p>
        <progress max={1} value={state.share} aria-labelledby="draw-progress" />
      </div>
    );
  if (state.kind === "failed")
    return (
      <div className={styles["result"]}>
        <Notice tone="wait" title={state.title}>
          <p>{state.words}</p>
        </Notice>
      </div>
    );
  return (
    <div className={styles["result"]}>
      <Verdict report={state.report} tookMs={state.tookMs} against={state.against} />
    </div>
  );
}

function Verdict({ report, tookMs, against }: { report: DrawReport; tookMs: number; against: boolean }) {
  const { verdict, file } = report;
  if (verdict.kind === "refused" && verdict.why !== "not_in_draw")
    return (
      <Notice tone="stop" title="This draw does not follow the rule.">
        <p>
          {DRAW_FAULTS_EN[verdict.why]}
          {verdict.at !== undefined && ` First seen at place ${figures(verdict.at)}.`}
        </p>
      </Notice>
    );
  return (
    <>
      <Notice tone="go" title="The draw follows the rule.">
        <p>
          The order of {counted(report.entries, "entry", "entries")} is exactly the one that the secret gives;
          checked in{" "}
          {tookMs < 100 ? "less than a tenth of a second" : `${(tookMs / 1_000).toFixed(1)} seconds`}.{" "}
          {against
            ? "Both fingerprints are those that the line published before."
            : "The line’s own page could not be reached, so the file was checked against itself only."}
        </p>
      </Notice>
      <OwnEntry report={report} />
      {file && (
        <dl className={styles["facts"]}>
          <Fact name="Entries" value={figures(report.entries)} plain />
          <Fact name="Fingerprint of the secret (SHA-256)" value={file.commitment} />
          <Fact name="The secret" value={file.seed} />
          <Fact name="Public value mixed in" value={file.publicValue ?? "none was named"} plain />
          <Fact name="Fingerprint of all entries (Merkle root, RFC 6962)" value={file.entriesRoot} />
        </dl>
      )}
    </>
  );
}

function OwnEntry({ report: { verdict, inclusion } }: { report: DrawReport }) {
  if (verdict.kind === "refused")
    return (
      <Notice tone="wait" title="That entry did not take part in the draw.">
        <p>Fans who joined after the lobby closed come after all who were drawn, and are not in this file.</p>
      </Notice>
    );
  if (verdict.place === null || !inclusion) return null;
  return (
    <section className={styles["mine"]} aria-label="Your entry">
      <p className={styles["place"]}>{figures(verdict.place)}</p>
      <p>
        is the number that the draw gave to this entry. It was in the list before the secret was shown:{" "}
        {inclusion.holds ? "its path leads to the published root." : "but its path does not lead there."}
      </p>
      <details>
        <summary>The path, {counted(inclusion.path.length, "hash", "hashes")}</summary>
        <ol className={styles["path"]}>
          {inclusion.path.map((hash) => (
            <li key={hash}>{hash}</li>
          ))}
        </ol>
        <p className={styles["small"]}>Leaf {figures(inclusion.index)} of the tree, counted from 0.</p>
      </details>
    </section>
  );
}

function Fact({ name, value, plain = false }: { name: string; value: string; plain?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={plain ? undefined : styles["hex"]}>{value}</dd>
    </div>
  );
}

function Meaning() {
  return (
    <section className={styles["meaning"]} aria-labelledby="meaning-title">
      <h2 id="meaning-title">What this proves, and what it does not</h2>
      <div className={styles["two"]}>
        <div>
          <h3>It proves</h3>
          <ul>
            <li>The secret was fixed before anybody could join, and it is the one that was used.</li>
            <li>The list was fixed before the secret was shown; nobody was added, taken out or moved.</li>
            <li>The order among these entries is chance: coming early or paying changed nothing about it.</li>
          </ul>
        </div>
        <div>
          <h3>It does not prove</h3>
          <ul>
            <li>
              That each entry is another person. One place per account is a rule of the sale, not of the
              arithmetic.
            </li>
            <li>
              Without a public value: that nobody who knew the secret added entries of their own with low
              numbers. They could not have moved anybody else’s.
            </li>
            <li>
              That there was only one draw. A second one for the same sale would show: it has another
              fingerprint.
            </li>
            <li>
              That fans were let in in this order. The waves that were let in are on record with the
              organizer.
            </li>
          </ul>
        </div>
      </div>
    </section>
  );
}
