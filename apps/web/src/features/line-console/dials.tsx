"use client";

import type { AdminLine } from "@onsale/contract/admin-line";
import type { LineLevers } from "@onsale/core/line/line";
import type { LineFigures } from "@onsale/core/line/staff-figures";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { whole } from "./console-model.ts";
import styles from "./line-console.module.css";

type Pull = (levers: LineLevers, what: string) => void;
const PACES = [100, 75, 50, 25, 10] as const;
const CAP_MAX = 200_000;
const INFLOW_MAX = 20_000;
const NOTICE_MAX = 500;

/** Levers with a value: it is typed and set with Enter, and the sentence below says what it would do. */
export function Dials({
  line,
  figures,
  busy,
  onPull,
}: {
  line: AdminLine;
  figures: LineFigures;
  busy: boolean;
  onPull: Pull;
}) {
  return (
    <div className={styles["dials"]}>
      <NumberDial
        id="dial-cap"
        label="Cap: inside at once"
        value={line.cap}
        max={CAP_MAX}
        step={50}
        busy={busy}
        says={(cap) => capSays(cap, figures)}
        onSet={(cap) => onPull({ cap }, `The cap is ${whole(cap)}.`)}
      />
      <NumberDial
        id="dial-inflow"
        label="Inflow: let in per second"
        value={line.inflowPerSecond}
        max={INFLOW_MAX}
        step={5}
        busy={busy}
        says={(inflow) =>
          inflow === 0
            ? "Nobody is let in."
            : `At most ${whole(inflow * 60)} a minute, however much room there is.`
        }
        onSet={(inflowPerSecond) =>
          onPull({ inflowPerSecond }, `At most ${whole(inflowPerSecond)} are let in per second.`)
        }
      />
      <PaceDial line={line} busy={busy} onPull={onPull} />
      <NoticeDial line={line} busy={busy} onPull={onPull} />
    </div>
  );
}

function capSays(cap: number, { inside }: LineFigures): string {
  if (cap === 0) return "Nobody new is let in; those inside stay.";
  if (inside === cap) return "The room is full: one comes in for each who leaves.";
  return inside > cap
    ? `${whole(inside)} are inside: nobody is sent out, and nobody new comes in until fewer than ${whole(cap)} are.`
    : `Room for ${whole(cap - inside)} more right now.`;
}

function NumberDial({
  id,
  label,
  value,
  max,
  step,
  says,
  busy,
  onSet,
}: {
  id: string;
  label: string;
  value: number;
  max: number;
  step: number;
  says: (value: number) => string;
  busy: boolean;
  onSet: (value: number) => void;
}) {
  // null: nothing typed, so the dial follows the line.
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = typed === null || typed.trim() === "" ? value : Number(typed);
  const isGood = Number.isInteger(wanted) && wanted >= 0 && wanted <= max;
  function submit(submitted: FormEvent): void {
    submitted.preventDefault();
    if (!isGood || wanted === value) return;
    onSet(wanted);
    setTyped(null);
  }
  return (
    <form method="post" className={styles["dial"]} onSubmit={submit} noValidate>
      <Field
        label={label}
        hint={isGood ? says(wanted) : undefined}
        error={isGood ? undefined : `A whole number from 0 to ${whole(max)}.`}
      >
        {(attributes) => (
          <Row>
            <input
              {...attributes}
              id={id}
              aria-label={label}
              type="number"
              inputMode="numeric"
              min={0}
              max={max}
              step={step}
              value={typed ?? String(value)}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              onKeyDown={(event) => event.key === "Escape" && setTyped(null)}
            />
            <Button
              type="submit"
              busy={busy}
              disabled={!isGood || wanted === value}
              aria-label={`Set ${label}`}
            >
              Set
            </Button>
          </Row>
        )}
      </Field>
    </form>
  );
}

function PaceDial({ line, busy, onPull }: { line: AdminLine; busy: boolean; onPull: Pull }) {
  const paces = PACES.includes(line.pacePct as (typeof PACES)[number])
    ? PACES
    : [...PACES, line.pacePct].sort((a, b) => b - a);
  return (
    <fieldset className={styles["pace"]} disabled={busy}>
      <legend>Slow: share of the usual pace</legend>
      <p>
        {line.pacePct === 100
          ? "Full pace. A lower one lets in that share of what the other limits allow."
          : `Slowed to ${line.pacePct} % of what the other limits allow.`}
      </p>
      <div>
        {paces.map((pacePct, index) => (
          <label key={pacePct}>
            <input
              id={index === 0 ? "dial-pace" : undefined}
              type="radio"
              name="pace"
              checked={line.pacePct === pacePct}
              onChange={() => onPull({ pacePct }, `The pace is ${pacePct} %.`)}
            />
            <span>{pacePct} %</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function NoticeDial({ line, busy, onPull }: { line: AdminLine; busy: boolean; onPull: Pull }) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = (typed ?? line.notice).trim();
  function submit(submitted: FormEvent): void {
    submitted.preventDefault();
    onPull({ notice: text }, text === "" ? "The notice is gone." : "Fans read the notice.");
    setTyped(null);
  }
  return (
    <form method="post" className={styles["dial"]} onSubmit={submit}>
      <Field
        label="Notice to fans"
        hint={
          line.notice === ""
            ? "Fans in the lobby and in the line read it with their next look, within half a minute. None is shown now."
            : `Shown now: “${line.notice}”`
        }
      >
        {(attributes) => (
          <textarea
            {...attributes}
            id="dial-notice"
            aria-label="Notice to fans"
            rows={2}
            maxLength={NOTICE_MAX}
            value={typed ?? line.notice}
            onChange={({ currentTarget: { value } }) => setTyped(value)}
          />
        )}
      </Field>
      <Row>
        <Button type="submit" busy={busy} disabled={text === line.notice}>
          {text === "" && line.notice !== "" ? "Take the notice away" : "Show this notice"}
        </Button>
      </Row>
    </form>
  );
}

function Row({ children }: { children: ReactNode }) {
  return <div className={styles["row"]}>{children}</div>;
}
