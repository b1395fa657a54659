"use client";

import { Field } from "../../ui/field.tsx";
import { clockNote, isSecondTime, shownTime, withSecondTime } from "./local-time.ts";
import styles from "./when-field.module.css";

type When = {
  readonly name: string;
  /** As local-time.ts writes it. */
  readonly value: string;
  readonly timeZone: string;
  readonly onValue: (value: string) => void;
};

/** A time on the venue's clock, and what is special about it there. */
export function WhenField({
  label,
  hint,
  error,
  ...when
}: When & {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error: string | undefined;
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <>
          <WhenInput {...attributes} {...when} />
          <ClockChoice {...when} label={label} />
        </>
      )}
    </Field>
  );
}

type InputAttributes = {
  readonly id?: string;
  readonly className?: string;
  readonly "aria-label"?: string;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: true | undefined;
};

const MINUTE_LENGTH = "2026-10-25T02:30".length;

export function WhenInput({ name, value, timeZone: _zone, onValue, ...attributes }: When & InputAttributes) {
  return (
    <input
      {...attributes}
      name={name}
      type="datetime-local"
      // Seconds are shown where there are some, and may be typed.
      step="any"
      data-long={shownTime(value).length > MINUTE_LENGTH || undefined}
      value={shownTime(value)}
      onChange={({ currentTarget }) => onValue(currentTarget.value)}
    />
  );
}

/** Says that the clocks change over this time, and asks which of two equal hours is meant. */
export function ClockChoice({ value, timeZone, onValue, label }: Omit<When, "name"> & { label: string }) {
  const note = clockNote(value, timeZone);
  if (!note) return null;
  if (note.kind === "gap")
    return (
      <output className={styles["clock"]}>
        The clocks are put forward that night: this time does not come. It counts as {note.means}.
      </output>
    );
  return (
    <label className={styles["clock"]}>
      The clocks are put back that night: this time comes twice.
      <select
        aria-label={`Which of the two: ${label}`}
        value={isSecondTime(value) ? "second" : "first"}
        onChange={({ currentTarget }) => onValue(withSecondTime(value, currentTarget.value === "second"))}
      >
        <option value="first">The first time ({note.first})</option>
        <option value="second">The second time ({note.second})</option>
      </select>
    </label>
  );
}
