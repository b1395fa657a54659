"use client";

import styles from "./checkout.module.css";

/** Ways to pay in the sandbox, named for what they do; the keys are the provider's. */
const SANDBOX_METHODS = [
  { key: "card_ok", label: "Card that works", hint: "Pays at once." },
  {
    key: "card_3ds",
    label: "Card with a 3-D Secure step",
    hint: "Sends you to a sandbox bank to confirm, and back.",
  },
  {
    key: "card_declined",
    label: "Card that declines",
    hint: "The bank refuses; your seats are kept, and you can pay another way.",
  },
  {
    key: "card_stall",
    label: "Bank that does not answer for a while",
    hint: "The order waits, then goes on by itself.",
  },
  { key: "card_late_webhook", label: "Bank that answers later", hint: "The answer arrives by webhook." },
  {
    key: "card_duplicate_webhook",
    label: "Bank that tells us twice",
    hint: "The second message changes nothing.",
  },
] as const;

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
