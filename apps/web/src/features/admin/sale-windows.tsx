"use client";

import { Fragment, type ReactNode, useId } from "react";
import { Button } from "../../ui/button.tsx";
import { keyOfPresale } from "./slug.ts";
import type { Faults, WindowForm } from "./event-draft-form.ts";
import { ClockChoice, WhenInput } from "./when-field.tsx";
import fit from "./access.module.css";
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
  const change = (index: number, patch: Partial<WindowForm>) =>
    onWindows(windows.map((window, at) => (at === index ? { ...window, ...patch } : window)));
  return (
    <section className={styles["section"]} aria-labelledby="windows-title">
      <h2 id="windows-title">Sale windows</h2>
      {windows.length === 0 && (
        <p className={styles["sub"]}>None: seats can be bought whenever the event is on sale.</p>
      )}
      {windows.length > 0 && (
        <div className={dates["windows"]}>
          <table className={styles["table"]}>
            <thead>
              <tr>
                <th scope="col">Kind</th>
                <th scope="col">Name</th>
                <th scope="col">Opens</th>
                <th scope="col">Closes</th>
                <th scope="col">
                  <span className="visually-hidden">Remove</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {windows.map((window, index) => (
                <Fragment key={index}>
                  <tr>
                    <td>
                      <select
                        className={styles["cell"]}
                        aria-label={`Kind of window ${index + 1}`}
                        value={window.kind}
                        onChange={({ currentTarget: { value } }) =>
                          change(index, { kind: value === "presale" ? "presale" : "public" })
                        }
                      >
                        <option value="public">Public</option>
                        <option value="presale">Presale</option>
                      </select>
                    </td>
                    <td>
                      <Cell fault={faults[`saleWindows.${index}.label`]}>
                        {(attributes) => (
                          <input
                            {...attributes}
                            className={styles["text"]}
                            aria-label={`Name of window ${index + 1}`}
                            value={window.label}
                            onChange={({ currentTarget: { value } }) => change(index, { label: value })}
                          />
                        )}
                      </Cell>
                    </td>
                    <td>
                      <WhenCell
                        label={`Window ${index + 1} opens`}
                        name={`saleWindows.${index}.opensAt`}
                        value={window.opensAt}
                        timeZone={timeZone}
                        fault={faults[`saleWindows.${index}.opensAtMs`]}
                        onValue={(value) => change(index, { opensAt: value })}
                      />
                    </td>
                    <td>
                      <WhenCell
                        label={`Window ${index + 1} closes`}
                        name={`saleWindows.${index}.closesAt`}
                        value={window.closesAt}
                        timeZone={timeZone}
                        fault={faults[`saleWindows.${index}.closesAtMs`]}
                        onValue={(value) => change(index, { closesAt: value })}
                      />
                    </td>
                    <td>
                      <Button kind="quiet" onClick={() => onWindows(windows.filter((_, at) => at !== index))}>
                        Remove
                      </Button>
                    </td>
                  </tr>
                  {window.kind === "presale" && (
                    <PresaleRow
                      window={window}
                      name={`window ${index + 1}`}
                      keyFault={faults[`saleWindows.${index}.key`]}
                      placesFault={faults[`saleWindows.${index}.allotment`]}
                      onChange={(patch) => change(index, patch)}
                    />
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
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

type CellAttributes = {
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
};

/** A control of the table with its own fault under it. */
function Cell({
  fault,
  children,
}: {
  fault: string | undefined;
  children: (attributes: CellAttributes) => ReactNode;
}) {
  const id = useId();
  return (
    <>
      {children({ "aria-describedby": fault ? id : undefined, "aria-invalid": fault ? true : undefined })}
      {fault && (
        <p id={id} className={dates["fault"]}>
          {fault}
        </p>
      )}
    </>
  );
}

function WhenCell({
  label,
  fault,
  ...when
}: {
  label: string;
  name: string;
  value: string;
  timeZone: string;
  fault: string | undefined;
  onValue: (value: string) => void;
}) {
  return (
    <Cell fault={fault}>
      {(attributes) => (
        <>
          <WhenInput {...attributes} {...when} aria-label={label} className={dates["when"] ?? ""} />
          <ClockChoice {...when} label={label} />
        </>
      )}
    </Cell>
  );
}

/** What only a presale has, under its row. */
function PresaleRow({
  window,
  name,
  keyFault,
  placesFault,
  onChange,
}: {
  window: WindowForm;
  name: string;
  keyFault: string | undefined;
  placesFault: string | undefined;
  onChange: (patch: Partial<WindowForm>) => void;
}) {
  return (
    <tr>
      <td colSpan={5}>
        <label className={fit["inline"]}>
          Key
          <Cell fault={keyFault}>
            {(attributes) => (
              <input
                {...attributes}
                className={styles["text"]}
                aria-label={`Key of ${name}`}
                value={window.key}
                placeholder={keyOfPresale(window.label)}
                onChange={({ currentTarget: { value } }) => onChange({ key: value })}
              />
            )}
          </Cell>
        </label>
        <label className={fit["inline"]}>
          Places
          <Cell fault={placesFault}>
            {(attributes) => (
              <input
                {...attributes}
                className={styles["cell"]}
                inputMode="numeric"
                aria-label={`Places of ${name}`}
                value={window.allotment}
                placeholder="all"
                onChange={({ currentTarget: { value } }) => onChange({ allotment: value })}
              />
            )}
          </Cell>
        </label>
      </td>
    </tr>
  );
}
