import { type ReactNode, useId } from "react";
import styles from "./cell-field.module.css";
import { FieldError } from "./field.tsx";

type CellFieldProps = {
  /** All of it, for who sees no table around it. */
  readonly label: string;
  /** Stands over it where no head of a column does. */
  readonly words?: string;
  readonly look?: "amount" | "short" | "when";
  readonly error?: string | undefined;
  readonly children: (attributes: {
    readonly className: string;
    readonly "aria-label": string;
    readonly "aria-describedby": string | undefined;
    readonly "aria-invalid": true | undefined;
  }) => ReactNode;
};

/** A control of a table or a line of controls; its fault stands under it. */
export function CellField({ label, words, look, error, children }: CellFieldProps) {
  const id = useId();
  return (
    <div className={[styles["field"], look && styles[look]].filter(Boolean).join(" ")}>
      {words && (
        <span aria-hidden="true" className={styles["words"]}>
          {words}
        </span>
      )}
      {children({
        className: styles["control"] ?? "",
        "aria-label": label,
        "aria-describedby": error ? id : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}
