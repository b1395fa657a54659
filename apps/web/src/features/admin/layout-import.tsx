"use client";

import { charsetNote } from "@onsale/core/shared/decode-text";
import { useMutation } from "@tanstack/react-query";
import { type ChangeEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { ImportAnswer } from "../../trpc/types.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { LayoutPreview } from "./layout-preview.tsx";
import { readTextFile } from "./read-text-file.ts";
import { StaffFailure } from "./staff-failure.tsx";
import styles from "./portal.module.css";

const ACCEPTED = ".json,.csv,.txt,.svg,application/json,text/csv";
type Chosen = {
  readonly fileName: string;
  readonly text: string;
  /** Said when the encoding was guessed. */
  readonly guess: string | null;
};

/** Choose a file, see what it holds and what is wrong with it, then save: nothing is kept before that. */
export function LayoutImport() {
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [renameDuplicates, setRename] = useState(false);
  const check = useMutation(trpc.admin.layouts.import.mutationOptions());
  const save = useMutation(trpc.admin.layouts.import.mutationOptions());

  const request = (text: string, rename: boolean, dryRun: boolean) => ({
    text,
    renameDuplicates: rename,
    dryRun,
    ...(name.trim() === "" ? {} : { name: name.trim() }),
  });
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    if (!file) return;
    save.reset();
    check.reset();
    const read = await readTextFile(file);
    setUnread(read.ok ? null : `${file.name}: ${read.message}`);
    setChosen(read.ok ? { fileName: file.name, text: read.text, guess: charsetNote(read.charset) } : null);
    if (read.ok) check.mutate(request(read.text, renameDuplicates, true));
  };
  const rename = (on: boolean) => {
    setRename(on);
    if (chosen) check.mutate(request(chosen.text, on, true));
  };

  const answer = save.data;
  const saved = answer?.layout;
  if (saved)
    return (
      <>
        <div className={styles["top"]}>
          <h1>{saved.name}</h1>
          <div className={styles["actions"]}>
            <ButtonLink href="/admin/layouts">All layouts</ButtonLink>
            <ButtonLink kind="next" href={`/admin/events/new?layout=${saved.id}`}>
              New event with it
            </ButtonLink>
          </div>
        </div>
        <Notice tone="go" title={`Saved: ${countWords(answer)}.`} />
        <LayoutPreview layoutHash={saved.hash} />
      </>
    );

  return (
    <>
      <div className={styles["top"]}>
        <h1>Import a layout</h1>
      </div>
      <div className={styles["form"]}>
        <Field
          label="Seating plan"
          hint="Onsale JSON, pretix seating plan, seats.io chart, a seat list as CSV, or row ranges. Nothing is saved yet."
        >
          {(attributes) => (
            <input {...attributes} type="file" accept={ACCEPTED} onChange={(event) => void choose(event)} />
          )}
        </Field>
        <Field label="Name" hint="Empty: the name in the file.">
          {(attributes) => (
            <input
              {...attributes}
              value={name}
              maxLength={80}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
          )}
        </Field>
        <label className={styles["check"]}>
          <input
            type="checkbox"
            checked={renameDuplicates}
            onChange={({ currentTarget }) => rename(currentTarget.checked)}
          />
          Give duplicate seats new names
        </label>
        {unread && <Notice tone="stop" title={unread} />}
        {chosen?.guess && <Notice tone="wait" title={chosen.guess} />}
        {check.isPending && <output>Reading {chosen?.fileName}.</output>}
        {check.isError && <StaffFailure error={check.error} />}
        {save.isError && <StaffFailure error={save.error} />}
        {check.data && chosen && <Verdict answer={check.data} fileName={chosen.fileName} />}
        {check.data?.ok && chosen && (
          <div className={styles["actions"]}>
            <Button
              kind="next"
              busy={save.isPending}
              onClick={() => save.mutate(request(chosen.text, renameDuplicates, false))}
            >
              Save this layout
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

function countWords(answer: Pick<ImportAnswer, "counts">): string {
  const { seats, gaCapacity, sections, rows, categories } = answer.counts;
  const parts = [
    `${seats.toLocaleString("en")} seats`,
    `${gaCapacity.toLocaleString("en")} standing`,
    `${sections} sections`,
    `${rows.toLocaleString("en")} rows`,
    `${categories} categories`,
  ];
  return parts.join(", ");
}

function Verdict({ answer, fileName }: { answer: ImportAnswer; fileName: string }) {
  const { ok, format, problems, problemCount } = answer;
  return (
    <>
      <Notice
        tone={ok ? "go" : "stop"}
        title={
          ok
            ? `${fileName} is good: ${countWords(answer)}.`
            : `${fileName} has ${problemCount.toLocaleString("en")} ${problemCount === 1 ? "fault" : "faults"}. Nothing was saved.`
        }
      >
        <p>
          {format === null
            ? "The format was not recognised."
            : `Read as ${format}. ${ok ? "" : countWords(answer)}`}
        </p>
      </Notice>
      {problems.length > 0 && (
        <ul className={styles["problems"]} aria-label="Faults in the file">
          {problems.map((problem, index) => (
            <li key={index}>
              <span className={styles["path"]}>{problem.path}</span>
              <span>{problem.message}</span>
            </li>
          ))}
        </ul>
      )}
      {problemCount > problems.length && (
        <p>And {(problemCount - problems.length).toLocaleString("en")} more.</p>
      )}
    </>
  );
}
