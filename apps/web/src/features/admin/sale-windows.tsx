"use client";

import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { CellField } from "../../ui/cell-field.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FieldError } from "../../ui/field.tsx";
import { Section } from "../../ui/section.tsx";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { useUndo } from "../../ui/toast/use-undo.ts";
import { keyOfPresale } from "./slug.ts";
import type { WindowForm } from "./event-draft-form.ts";
import { ClockChoice, WhenInput } from "./when-field.tsx";
import styles from "./sale-windows.module.css";

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
  faults: FieldFaults;
  onWindows: (windows: WindowForm[]) => void;
}) {
  const undo = useUndo(windows);
  const change = (index: number, patch: Partial<WindowForm>) =>
    onWindows(windows.map((window, at) => (at === index ? { ...window, ...patch } : window)));
  return (
    <Section title="Sale windows" anchor="sale-windows">
      {windows.length === 0 && (
        <EmptyState title="No sale window.">
          Seats can be bought whenever the event is on sale. With windows, only while one of them is open.
        </EmptyState>
      )}
      {windows.length > 0 && (
        <ol className={styles["windows"]}>
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
        <p className="soft">
          A presale is for fans with a code or on its list. Both go by its key, as does its line; without a
          key it gets one from its name. Places is how many it may sell; empty: all.
        </p>
      )}
      {faults["saleWindows"] && <FieldError>{faults["saleWindows"]}</FieldError>}
      <Actions>
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
      </Actions>
    </Section>
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
    <li className={styles["window"]}>
      <CellField label={`Kind of window ${number}`} words="Kind" look="short">
        {(attributes) => (
          <select
            {...attributes}
            value={window.kind}
            onChange={({ currentTarget: { value } }) =>
              onChange({ kind: value === "presale" ? "presale" : "public" })
            }
          >
            <option value="public">Public</option>
            <option value="presale">Presale</option>
          </select>
        )}
      </CellField>
      <CellField label={`Name of window ${number}`} words="Name" error={faultOf("label")}>
        {(attributes) => (
          <input
            {...attributes}
            value={window.label}
            onChange={({ currentTarget: { value } }) => onChange({ label: value })}
          />
        )}
      </CellField>
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
      <div className={styles["remove"]}>
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
      <CellField label={`Key of window ${number}`} words="Key" error={faultOf("key")}>
        {(attributes) => (
          <input
            {...attributes}
            value={window.key}
            placeholder={keyOfPresale(window.label)}
            onChange={({ currentTarget: { value } }) => onChange({ key: value })}
          />
        )}
      </CellField>
      <CellField
        label={`Places of window ${number}`}
        words="Places"
        look="short"
        error={faultOf("allotment")}
      >
        {(attributes) => (
          <input
            {...attributes}
            inputMode="numeric"
            value={window.allotment}
            placeholder="all"
            onChange={({ currentTarget: { value } }) => onChange({ allotment: value })}
          />
        )}
      </CellField>
    </>
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
    <CellField label={label} words={words} look="when" error={fault}>
      {(attributes) => (
        <>
          <WhenInput {...attributes} {...when} />
          <ClockChoice {...when} label={label} />
        </>
      )}
    </CellField>
  );
}
