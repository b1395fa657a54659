"use client";

import { useId } from "react";
import { Field } from "../../ui/field.tsx";
import { FieldGrid, WholeLine } from "../../ui/form/field-grid.tsx";
import { textField } from "../../ui/form/text-field.ts";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { WhenField } from "../admin/when-field.tsx";
import { CapForecast } from "./cap-forecast.tsx";
import type { LineForm } from "./line-form.ts";
import styles from "./line-console.module.css";

export type SetupFields = {
  readonly form: LineForm;
  readonly faults: FieldFaults;
  readonly set: (patch: Partial<LineForm>) => void;
  readonly timeZone: string;
  readonly capacity: number | null;
  /** When the window opens; null: whenever the event is on sale. */
  readonly opensAtMs: number | null;
};

export function WhenFields(fields: SetupFields) {
  const when = (name: "lobbyOpensAt" | "drawsAt") => ({
    name,
    value: fields.form[name],
    timeZone: fields.timeZone,
    error: fields.faults[`${name}Ms`],
    onValue: (value: string) => fields.set({ [name]: value }),
  });
  return (
    <fieldset className={styles["group"]}>
      <legend>When</legend>
      <FieldGrid>
        <WhenField
          label="Lobby opens"
          hint={`On a clock in ${fields.timeZone}. From then on fans may join; who joins first has no advantage.`}
          {...when("lobbyOpensAt")}
        />
        <WhenField
          label="Draw, and the first wave"
          hint={
            fields.opensAtMs === null
              ? "The release. The lobby closes, everybody gets a number, the first go in within seconds."
              : "The release; usually when this window opens. The lobby closes and everybody gets a number."
          }
          {...when("drawsAt")}
        />
      </FieldGrid>
    </fieldset>
  );
}

export function PaceFields(fields: SetupFields) {
  const { form, faults } = fields;
  const text = textField(fields);
  return (
    <fieldset className={styles["group"]}>
      <legend>How many, how fast</legend>
      <FieldGrid>
        <Field
          label="Cap: inside at once"
          hint="Never more passes than this are valid. Fans inside find seats; too many and they only find each other."
          error={faults["cap"]}
        >
          {(attributes) => <input {...attributes} {...text("cap")} type="number" min={1} />}
        </Field>
        <Field
          label="Inflow: let in per second"
          hint="How steep the start is. Your servers meet at most this many newcomers each second."
          error={faults["inflowPerSecond"]}
        >
          {(attributes) => <input {...attributes} {...text("inflow")} type="number" min={1} />}
        </Field>
      </FieldGrid>
      <CapForecast cap={Number(form.cap)} inflowPerSecond={Number(form.inflow)} seats={fields.capacity} />
    </fieldset>
  );
}

export function TimeFields(fields: SetupFields) {
  const { faults } = fields;
  const text = textField(fields);
  return (
    <fieldset className={styles["group"]}>
      <legend>Time for each fan</legend>
      <FieldGrid>
        <Field
          label="Minutes inside at most"
          hint="Time to choose and pay, told to the fan beforehand. Whoever asks gets more, two minutes at a time."
          error={faults["passMaxMs"]}
        >
          {(attributes) => (
            <input {...attributes} {...text("passMaxMinutes")} type="number" step="any" min={0} />
          )}
        </Field>
        <Field
          label="Minutes without a sign of life"
          hint="A closed laptop frees its place after this; a page that is open renews by itself."
          error={faults["passTtlMs"]}
        >
          {(attributes) => (
            <input {...attributes} {...text("passTtlMinutes")} type="number" step="any" min={0} />
          )}
        </Field>
        <Field
          label="Minutes a missed turn is kept"
          hint="Who was away when called comes back with the old number and goes in with the next wave. After that, the end of the line."
          error={faults["graceMs"]}
        >
          {(attributes) => (
            <input {...attributes} {...text("graceMinutes")} type="number" step="any" min={0} />
          )}
        </Field>
      </FieldGrid>
    </fieldset>
  );
}

export function WhoFields(fields: SetupFields) {
  const verified = useId();
  const { form, set } = fields;
  return (
    <fieldset className={styles["group"]}>
      <legend>Who</legend>
      <FieldGrid>
        <Field
          label="One place per"
          hint="Per mailbox, “a.b+x@gmail.com” and “ab@gmail.com” are one. Joining twice is the same place either way."
        >
          {(attributes) => (
            <select
              {...attributes}
              value={form.onePer}
              onChange={({ currentTarget: { value } }) =>
                set({ onePer: value === "address" ? "address" : "account" })
              }
            >
              <option value="account">Account</option>
              <option value="address">Mailbox</option>
            </select>
          )}
        </Field>
        <div className={styles["checkbox"]}>
          <input
            id={verified}
            type="checkbox"
            aria-describedby={`${verified}-hint`}
            checked={form.requireVerifiedEmail}
            onChange={({ currentTarget: { checked } }) => set({ requireVerifiedEmail: checked })}
          />
          <div>
            <label htmlFor={verified}>Only with a confirmed e-mail</label>
            <p id={`${verified}-hint`}>
              Fans confirm once, before they join. It keeps throw-away accounts out and costs honest fans a
              minute; tell them in time.
            </p>
          </div>
        </div>
      </FieldGrid>
    </fieldset>
  );
}

export function WordFields(fields: SetupFields) {
  const { form, faults, set } = fields;
  const text = textField(fields);
  return (
    <fieldset className={styles["group"]}>
      <legend>Fairness and words</legend>
      <FieldGrid>
        <WholeLine>
          <Field
            label="Public value the draw waits for (may stay empty)"
            hint="Something nobody can know before the lobby closes, named now: “drand round 5123456”. You enter it after the close; then not even you could have chosen the order. Empty: the draw rests on the published commitment and starts by itself."
            error={faults["publicValueSource"]}
          >
            {(attributes) => <input {...attributes} {...text("publicValueSource")} />}
          </Field>
        </WholeLine>
        <WholeLine>
          <Field
            label="Notice to fans (may stay empty)"
            hint="Your words, shown in the lobby and in the line. You can change it at any time."
            error={faults["notice"]}
          >
            {(attributes) => (
              <textarea
                {...attributes}
                rows={2}
                value={form.notice}
                onChange={({ currentTarget: { value } }) => set({ notice: value })}
              />
            )}
          </Field>
        </WholeLine>
      </FieldGrid>
    </fieldset>
  );
}
