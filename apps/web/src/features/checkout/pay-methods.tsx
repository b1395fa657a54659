"use client";

import { SANDBOX_METHODS } from "./sandbox-methods.ts";
import styles from "./checkout.module.css";

export function PayMethods({
  value,
  onChange,
  disabled,
}: {
  value: string;
  onChange: (method: string) => void;
  disabled: boolean;
}) {
  return (
    <fieldset className={styles["methods"]} disabled={disabled}>
      <legend>How to pay</legend>
      <p className={styles["sandbox"]}>Sandbox: no real card, no real money.</p>
      {SANDBOX_METHODS.map(({ key, label, hint }) => (
        <label key={key} className={styles["method"]}>
          <input
            type="radio"
            name="method"
            value={key}
            checked={value === key}
            onChange={() => onChange(key)}
            aria-describedby={`hint-${key}`}
          />
          <span>{label}</span>
          <span id={`hint-${key}`} className={styles["methodHint"]}>
            {hint}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
