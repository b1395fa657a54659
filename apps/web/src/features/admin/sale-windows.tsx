"use client";

import { type ReactNode, useId } from "react";
import { Button } from "../../ui/button.tsx";
import { useUndo } from "../../ui/toast/use-undo.ts";
import { keyOfPresale } from "./slug.ts";
import type { Faults, WindowForm } from "./event-draft-form.ts";
import { ClockChoice, WhenInput } from "./when-field.tsx";
import field from "../../ui/field.module.css";
import styles from "./portal.module.css";
import dates from "./sale-windows.module.css";

/** When seats may be bought; without any the sale is open whenever the event is on sale. */
export function SaleWindows({
  windows,
  timeZone,
  faults,
  onWindows,
}: {
  windows: readonly WindowForm[];
  timeZone: string;
  /** Those of the whole form: "saleWindows.0.opensAtMs". */
  faults: Faults;
  onWindows: (windows: WindowForm[]) => void;
}) {
  const undo = useUndo(windows);
  const change = (index: number, patch: Partial<WindowForm>) =>
    onWindows(windows.map((window, at) => (at === index ? { ...window, ...patch } : window)));
  return (
    <section className={styles["section"]} aria-labelledby="windows-title">
      <h2 id="windows-title">Sale windows</h2>
      {windows.length === 0 && (
        <p className={styles["sub"]}>None: seats can be bought whenever the event is on sale.</p>
      )}
      {windows.length > 0 && (
        <ol className={dates["windows"]}>
          {windows.map((window, index) => (
            <WindowFields
              key={index}
              window={window}
              number={index + 1}
              timeZone={timeZone}
              faultOf={(field) => faults[`saleWindows.${index}.${field}`]}
              onChange={(patch) => change(index, patch)}
              onRemove={() => {
                onWindows(windows.filter((_, at) => at !== index));
                undo(`${window.label || "A sale window"} was taken out.`, (now) =>
                  onWindows(now.toSpliced(index, 0, window)),
                );
              }}
            />
          ))}
        </ol>
      )}
      {windows.some(({ kind }) => kind === "presale") && (
        <p className={styles["sub"]}>
          A presale is for fans with a code or on its list. Both go by its key, as does its line; without a
          key it gets one from its name. Places is how many it may sell; empty: all.
        </p>
      )}
      {faults["saleWindows"] && <p role="alert">{faults["saleWindows"]}</p>}
      <div className={styles["actions"]}>
        <Button
          onClick={() =>
            onWindows([
              ...windows,
              { kind: "public", label: "Public sale", opensAt: "", closesAt: "", key: "", allotment: "" },
            ])
          }
        >
          Add a window
        </Button>
      </div>
    </section>
  );
}

type WindowProps = {
  readonly window: WindowForm;
  /** As people count. */
  readonly number: number;
  readonly timeZone: string;
  readonly faultOf: (field: string) => string | undefined;
  readonly onChange: (patch: Partial<WindowForm>) => void;
  readonly onRemove: () => void;
};

function WindowFields({ window, number, timeZone, faultOf, onChange, onRemove }: WindowProps) {
  const name = `saleWindows.${number - 1}`;
  return (
    <li className={dates["window"]}>
      <Labelled words="Kind" look="short">
        {(attributes) => (
          <select
            {...attributes}
            aria-label={`Kind of window ${number}`}
            value={window.kind}
            onChange={({ currentTarget: { value } }) =>
              onChange({ kind: value === "presale" ? "presale" : "public" })
            }
          >
            <option value="public">Public</option>
            <option value="presale">Presale</option>
          </select>
        )}
      </Labelled>
      <Labelled words="Name" fault={faultOf("label")}>
        {(attributes) => (
          <input
            {...attributes}
            aria-label={`Name of window ${number}`}
            value={window.label}
            onChange={({ currentTarget: { value } }) => onChange({ label: value })}
          />
        )}
      </Labelled>
      <WhenCell
        words="Opens"
        label={`Window ${number} opens`}
        name={`${name}.opensAt`}
        value={window.opensAt}
        timeZone={timeZone}
        fault={faultOf("opensAtMs")}
        onValue={(opensAt) => onChange({ opensAt })}
      />
      <WhenCell
        words="Closes"
        label={`Window ${number} closes`}
        name={`${name}.closesAt`}
        value={window.closesAt}
        timeZone={timeZone}
        fault={faultOf("closesAtMs")}
        onValue={(closesAt) => onChange({ closesAt })}
      />
      {window.kind === "presale" && <PresaleFields {...{ window, number, faultOf, onChange }} />}
      <div className={dates["remove"]}>
        <Button kind="quiet" onClick={onRemove}>
          Remove<span className="visually-hidden"> window {number}</span>
        </Button>
      </div>
    </li>
  );
}

/** What only a presale has. */
function PresaleFields({
  window,
  number,
  faultOf,
  onChange,
}: Pick<WindowProps, "window" | "number" | "faultOf" | "onChange">) {
  return (
    <>
      <Labelled words="Key" fault={faultOf("key")}>
        {(attributes) => (
          <input
            {...attributes}
            aria-label={`Key of window ${number}`}
            value={window.key}
            placeholder={keyOfPresale(window.label)}
            onChange={({ currentTarget: { value } }) => onChange({ key: value })}
          />
        )}
      </Labelled>
      <Labelled words="Places" look="short" fault={faultOf("allotment")}>
        {(attributes) => (
          <input
            {...attributes}
            inputMode="numeric"
            aria-label={`Places of window ${number}`}
            value={window.allotment}
            placeholder="all"
            onChange={({ currentTarget: { value } }) => onChange({ allotment: value })}
          />
        )}
      </Labelled>
    </>
  );
}

type LabelledProps = {
  readonly words: string;
  readonly look?: "short" | "when";
  readonly fault?: string | undefined;
  readonly children: (attributes: {
    readonly className: string;
    readonly "aria-describedby": string | undefined;
    readonly "aria-invalid": true | undefined;
  }) => ReactNode;
};

/** A control with its words over it, which its own name says in full, and its own fault under it. */
function Labelled({ words, look, fault, children }: LabelledProps) {
  const id = useId();
  return (
    <div className={[dates["field"], look && dates[look]].filter(Boolean).join(" ")}>
      <span aria-hidden="true">{words}</span>
      {children({
        className: field["control"] ?? "",
        "aria-describedby": fault ? id : undefined,
        "aria-invalid": fault ? true : undefined,
      })}
      {fault && (
        <p id={id} className={dates["fault"]}>
          {fault}
        </p>
      )}
    </div>
  );
}

function WhenCell({
  words,
  label,
  fault,
  ...when
}: {
  words: string;
  label: string;
  name: string;
  value: string;
  timeZone: string;
  fault: string | undefined;
  onValue: (value: string) => void;
}) {
  return (
    <Labelled words={words} look="when" fault={fault}>
      {(attributes) => (
        <>
          <WhenInput {...attributes} {...when} aria-label={label} />
          <ClockChoice {...when} label={label} />
        </>
      )}
    </Labelled>
  );
}
