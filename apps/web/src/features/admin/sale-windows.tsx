"use client";

import { windowKeyOf } from "@onsale/core/event/window-key";
import { Fragment } from "react";
import { Button } from "../../ui/button.tsx";
import type { WindowForm } from "./event-draft-form.ts";
import fit from "./access.module.css";
import styles from "./portal.module.css";
import dates from "./sale-windows.module.css";

/** When seats may be bought; without any the sale is open whenever the event is on sale. */
export function SaleWindows({
  windows,
  error,
  onWindows,
}: {
  windows: readonly WindowForm[];
  error: string | undefined;
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
        <div className={styles["scroll"]}>
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
                      <input
                        className={styles["text"]}
                        aria-label={`Name of window ${index + 1}`}
                        value={window.label}
                        onChange={({ currentTarget: { value } }) => change(index, { label: value })}
                      />
                    </td>
                    <td>
                      <input
                        className={dates["when"]}
                        type="datetime-local"
                        aria-label={`Window ${index + 1} opens`}
                        value={window.opensAt}
                        onChange={({ currentTarget: { value } }) => change(index, { opensAt: value })}
                      />
                    </td>
                    <td>
                      <input
                        className={dates["when"]}
                        type="datetime-local"
                        aria-label={`Window ${index + 1} closes`}
                        value={window.closesAt}
                        onChange={({ currentTarget: { value } }) => change(index, { closesAt: value })}
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
      {error && <p role="alert">{error}</p>}
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

/** What only a presale has, under its row. */
function PresaleRow({
  window,
  name,
  onChange,
}: {
  window: WindowForm;
  name: string;
  onChange: (patch: Partial<WindowForm>) => void;
}) {
  return (
    <tr>
      <td colSpan={5}>
        <label className={fit["inline"]}>
          Key
          <input
            className={styles["text"]}
            aria-label={`Key of ${name}`}
            value={window.key}
            placeholder={windowKeyOf({ kind: "presale", label: window.label })}
            onChange={({ currentTarget: { value } }) => onChange({ key: value })}
          />
        </label>
        <label className={fit["inline"]}>
          Places
          <input
            className={styles["cell"]}
            inputMode="numeric"
            aria-label={`Places of ${name}`}
            value={window.allotment}
            placeholder="all"
            onChange={({ currentTarget: { value } }) => onChange({ allotment: value })}
          />
        </label>
      </td>
    </tr>
  );
}
