"use client";

import { type FormEvent, type ReactNode, useRef } from "react";
import { Notice } from "../notice.tsx";
import { type FieldFaults, hasFault } from "../still-faulty.ts";
import styles from "./form-shell.module.css";
import { useFirstFault } from "./use-first-fault.ts";
import { useUnsaved } from "./use-unsaved.ts";

type ShellProps = {
  readonly onSubmit: () => void;
  /** Something is typed that is not saved, and what to ask whoever leaves it. */
  readonly unsaved: boolean;
  readonly question: string;
  /** What the last submit found; the focus goes to the first of it. */
  readonly found: FieldFaults;
  /** What of it is still there. */
  readonly faults: FieldFaults;
  /** Why the last save did not go through. */
  readonly failure: ReactNode;
  readonly saved: boolean;
  readonly action: ReactNode;
  readonly children: ReactNode;
};

/** A form that is filled in at leisure: it asks before its work is lost, leads to what is wrong and says what became of it. */
export function FormShell(props: ShellProps) {
  const { unsaved, question, found, faults, failure, saved } = props;
  const box = useRef<HTMLFormElement>(null);
  useFirstFault(box, found);
  useUnsaved(unsaved, question);
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    props.onSubmit();
  };
  return (
    <form method="post" ref={box} className={styles["form"]} onSubmit={submit} noValidate>
      {props.children}
      {failure}
      {saved && <Notice tone="go" title="Saved." />}
      {hasFault(faults) && <Notice tone="stop" title="Some fields need another look." />}
      <div className={styles["action"]}>{props.action}</div>
    </form>
  );
}
