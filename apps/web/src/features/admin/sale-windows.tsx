"use client";

import { Button } from "../../ui/button.tsx";
import type { WindowForm } from "./event-draft-form.ts";
import styles from "./portal.module.css";

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
                <tr key={index}>
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
                      className={styles["text"]}
                      type="datetime-local"
                      aria-label={`Window ${index + 1} opens`}
                      value={window.opensAt}
                      onChange={({ currentTarget: { value } }) => change(index, { opensAt: value })}
                    />
                  </td>
                  <td>
                    <input
                      className={styles["text"]}
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
              ))}
            </tbody>
          </table>
        </div>
      )}
      {error && <p role="alert">{error}</p>}
      <div className={styles["actions"]}>
        <Button
          onClick={() =>
            onWindows([...windows, { kind: "public", label: "Public sale", opensAt: "", closesAt: "" }])
          }
        >
          Add a window
        </Button>
      </div>
    </section>
  );
}
