import type { InputHTMLAttributes } from "react";

/** Six digits, as phones offer them from a mail. */
export function CodeInput({ attributes }: { attributes: InputHTMLAttributes<HTMLInputElement> }) {
  return (
    <input
      {...attributes}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={9}
      required
    />
  );
}
