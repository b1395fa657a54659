"use client";

import type { AdminLine } from "@onsale/contract/admin-line";
import { isDrawn } from "@onsale/core/line/staff-figures";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { StaffFailure } from "../admin/staff-failure.tsx";
import styles from "./line-console.module.css";

/** The value that the organizer named beforehand and nobody could know: the draw waits for it. */
export function PublicValue({ line, onDone }: { line: AdminLine; onDone: (what: string) => void }) {
  const trpc = useTRPC();
  const set = useMutation(trpc.admin.lines.publicValue.mutationOptions());
  const [typed, setTyped] = useState("");
  const [isSure, setSure] = useState(false);
  if (line.publicValueSource === null || line.publicValue !== null || isDrawn(line)) return null;
  if (line.state !== "drawing") {
    return (
      <div className={styles["value"]}>
        <p>
          The draw will wait for the value of <strong>{line.publicValueSource}</strong>. You enter it here
          after the lobby has closed, not before.
        </p>
      </div>
    );
  }
  const value = typed.trim();
  function submit(submitted: FormEvent): void {
    submitted.preventDefault();
    if (!isSure) return setSure(true);
    set.mutate(
      { lineId: line.id, value },
      { onSuccess: () => onDone("The public value is in; the draw is made.") },
    );
  }
  return (
    <form method="post" className={styles["value"]} onSubmit={submit}>
      <Field
        label={`Value of ${line.publicValueSource}`}
        hint="The draw waits for it. Copy it from its source letter by letter: everybody checks the draw with it, and it cannot be changed."
      >
        {(attributes) => (
          <input
            {...attributes}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
              setSure(false);
            }}
          />
        )}
      </Field>
      <Button kind="next" type="submit" disabled={value === ""} busy={set.isPending}>
        {isSure ? "Press again: draw with this value" : "Draw with this value"}
      </Button>
      {set.isError && <StaffFailure error={set.error} />}
    </form>
  );
}
