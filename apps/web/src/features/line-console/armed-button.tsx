"use client";

import { useEffect, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import type { LeverMove } from "./lever-moves.ts";
import styles from "./line-console.module.css";

/** Time to read what the button says now and to press it again. */
const ARMED_MS = 6_000;

/** A lever with what it will do beside it. What cannot be undone asks for a second press or a typed word first. */
export function ArmedButton({
  move,
  isNext,
  busy,
  onMove,
}: {
  move: LeverMove;
  isNext: boolean;
  busy: boolean;
  onMove: () => void;
}) {
  const [armed, setArmed] = useState(false);
  const says = useId();
  const { confirm } = move;
  const waits = armed && confirm === "press";
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => setArmed(false), ARMED_MS);
    return () => clearTimeout(timer);
  }, [waits]);
  function press(): void {
    if (confirm === "none" || waits) {
      setArmed(false);
      onMove();
    } else setArmed(!armed);
  }
  return (
    <div className={styles["lever"]} data-armed={armed || undefined}>
      <Button
        id={`lever-${move.id}`}
        kind={isNext ? "next" : "plain"}
        busy={busy}
        aria-describedby={says}
        onClick={press}
        onBlur={() => waits && setArmed(false)}
      >
        {waits ? move.again : move.label}
      </Button>
      <p id={says}>{move.says}</p>
      {armed && typeof confirm === "object" && (
        <TypedWord move={move} word={confirm.word} onMove={onMove} onAway={() => setArmed(false)} />
      )}
    </div>
  );
}

function TypedWord({
  move,
  word,
  onMove,
  onAway,
}: {
  move: LeverMove;
  word: string;
  onMove: () => void;
  onAway: () => void;
}) {
  const [typed, setTyped] = useState("");
  const matches = typed.trim().toLowerCase() === word;
  return (
    <form
      method="post"
      className={styles["typed"]}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (!matches) return;
        onAway();
        onMove();
      }}
    >
      <Field label={`Type “${word}” to confirm`}>
        {(attributes) => (
          <input
            {...attributes}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because the person asked for it
            autoFocus
            autoComplete="off"
            value={typed}
            onChange={({ currentTarget: { value } }) => setTyped(value)}
            onKeyDown={(event) => event.key === "Escape" && onAway()}
          />
        )}
      </Field>
      <Button type="submit" disabled={!matches}>
        {move.again}
      </Button>
      <Button kind="quiet" onClick={onAway}>
        Leave it
      </Button>
    </form>
  );
}
