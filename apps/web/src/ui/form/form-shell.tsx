"use client";

import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef } from "react";
import { Actions } from "../actions.tsx";
import { Notice } from "../notice.tsx";
import { type FieldFaults, hasFault } from "../still-faulty.ts";
import styles from "./form-shell.module.css";
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
  readonly failure?: ReactNode;
  /** What to say of the last save that did; null: there is none, or something was typed since. */
  readonly saved: string | null;
  readonly action: ReactNode;
  readonly children: ReactNode;
};

/** A form that is filled in at leisure: it asks before its work is lost, leads to what is wrong and says what became of it. */
export function FormShell(props: ShellProps) {
  const box = useRef<HTMLFormElement>(null);
  useFirstFault(box, props.found);
  useUnsaved(props.unsaved, props.question);
  const submit = (submitted: FormEvent) => {
    submitted.preventDefault();
    props.onSubmit();
  };
  return (
    <form method="post" ref={box} className={styles["form"]} onSubmit={submit} noValidate>
      <Parts {...props} />
    </form>
  );
}

/** The same within another form, which it is saved apart from: what Enter does in it concerns this part alone. */
export function FormPart({ label, ...props }: ShellProps & { readonly label: string }) {
  const box = useRef<HTMLFieldSetElement>(null);
  useFirstFault(box, props.found);
  useUnsaved(props.unsaved, props.question);
  useEnter(box, props.onSubmit);
  return (
    <fieldset ref={box} aria-label={label} className={styles["part"]}>
      <Parts {...props} />
    </fieldset>
  );
}

function Parts({ failure, saved, faults, action, children }: ShellProps) {
  return (
    <>
      {children}
      {failure}
      {saved !== null && <Notice tone="go" title={saved} />}
      {hasFault(faults) && <Notice tone="stop" title="Some fields need another look." />}
      {action && <Actions>{action}</Actions>}
    </>
  );
}

/** Enter in a field of this part is its own, not of the form around it. */
function useEnter(part: RefObject<HTMLElement | null>, onEnter: () => void): void {
  const latest = useRef(onEnter);
  useEffect(() => {
    latest.current = onEnter;
  });
  useEffect(() => {
    const box = part.current;
    const onKey = (press: KeyboardEvent) => {
      if (press.key !== "Enter" || !(press.target instanceof HTMLInputElement)) return;
      press.preventDefault();
      latest.current();
    };
    box?.addEventListener("keydown", onKey);
    return () => box?.removeEventListener("keydown", onKey);
  }, [part]);
}

/** The look of it for what is read and checked before there is anything to submit. */
export function FormColumn({ children }: { children: ReactNode }) {
  return <div className={styles["form"]}>{children}</div>;
}

/** Takes the focus to the first field that has a fault, each time a form was read and found faulty. */
function useFirstFault(form: RefObject<HTMLElement | null>, faults: object): void {
  useEffect(() => {
    if (Object.keys(faults).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, faults]);
}
