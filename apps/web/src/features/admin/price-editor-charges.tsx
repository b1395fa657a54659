import type { ReactNode } from "react";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { CellField } from "../../ui/cell-field.tsx";
import { FieldError } from "../../ui/field.tsx";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { useUndo } from "../../ui/toast/use-undo.ts";
import { type Charge, type FeeForm, type PriceForm, type TaxForm, withFee, withTax } from "./price-form.ts";
import styles from "./price-editor.module.css";

const CHARGES: Readonly<Record<Charge, (currency: string) => string>> = {
  "fixed ticket": (currency) => `${currency} per ticket`,
  "fixed order": (currency) => `${currency} per order`,
  "percent ticket": () => "% of each ticket",
  "percent order": () => "% of the order's tickets",
};
const MODES: Readonly<Record<TaxForm["mode"], string>> = {
  included: "contained in the prices",
  added: "added on top",
};
const ON: Readonly<Record<TaxForm["on"], string>> = { all: "everything", tickets: "tickets", fees: "fees" };

type Charges = {
  readonly form: PriceForm;
  readonly faults: FieldFaults;
  readonly set: (patch: Partial<PriceForm>) => void;
};

/** Lines of a kind, each under a key that stays: any of them can be changed or taken out, and more be added. */
function useLines<Line extends { readonly key: string; readonly label: string }>(
  lines: readonly Line[],
  onLines: (lines: Line[]) => void,
  kind: "fee" | "tax",
) {
  const undo = useUndo(lines);
  return lines.map((line, index) => ({
    line,
    name: line.label || `${kind} ${index + 1}`,
    change: (patch: Partial<Line>) =>
      onLines(lines.map((one, at) => (at === index ? { ...one, ...patch } : one))),
    remove: () => {
      onLines(lines.filter((_, at) => at !== index));
      undo(`${line.label || `A ${kind}`} was taken out.`, (now) => onLines(now.toSpliced(index, 0, line)));
    },
  }));
}

/** Every fee of the list, one line each. */
export function FeeLines({ form, faults, set, currency }: Charges & { currency: string }) {
  const words = Object.fromEntries(Object.entries(CHARGES).map(([key, of]) => [key, of(currency)]));
  const lines = useLines<FeeForm>(form.fees, (fees) => set({ fees }), "fee");
  return (
    <Lines
      legend="Fees"
      fault={faults["fees"]}
      add="Add a fee"
      onAdd={() => set({ fees: withFee(form.fees) })}
    >
      {lines.map(({ line: fee, name, change, remove }, index) => (
        <div key={fee.key} className={styles["line"]}>
          <Name
            of={`fee ${index + 1}`}
            value={fee.label}
            error={faults[`fees.${fee.key}.label`]}
            onValue={(label) => change({ label })}
          />
          <Amount
            of={fee.label || `Fee ${index + 1}`}
            value={fee.amount}
            error={faults[`fees.${fee.key}.amount`]}
            onValue={(amount) => change({ amount })}
          />
          <Choice
            of={`How ${name} is counted`}
            value={fee.charge}
            words={words}
            onValue={(charge) => change({ charge })}
          />
          <Remove what={name} onRemove={remove} />
        </div>
      ))}
    </Lines>
  );
}

/** Every tax of the list, one line each. */
export function TaxLines({ form, faults, set }: Charges) {
  const lines = useLines<TaxForm>(form.taxes, (taxes) => set({ taxes }), "tax");
  return (
    <Lines
      legend="Taxes, in %"
      fault={faults["taxes"]}
      add="Add a tax"
      onAdd={() => set({ taxes: withTax(form.taxes) })}
    >
      {lines.map(({ line: tax, name, change, remove }, index) => (
        <div key={tax.key} className={styles["line"]}>
          <Name
            of={`tax ${index + 1}`}
            value={tax.label}
            error={faults[`taxes.${tax.key}.label`]}
            onValue={(label) => change({ label })}
          />
          <Amount
            of={`${tax.label || `Tax ${index + 1}`} in percent`}
            value={tax.percent}
            error={faults[`taxes.${tax.key}.percent`]}
            onValue={(percent) => change({ percent })}
          />
          <Choice
            of={`Where ${name} stands`}
            value={tax.mode}
            words={MODES}
            onValue={(mode) => change({ mode })}
          />
          <Choice of={`What ${name} is on`} value={tax.on} words={ON} onValue={(on) => change({ on })} />
          <Remove what={name} onRemove={remove} />
        </div>
      ))}
    </Lines>
  );
}

type LinesProps = {
  readonly legend: string;
  readonly fault: string | undefined;
  readonly add: string;
  readonly onAdd: () => void;
  readonly children: ReactNode;
};

function Lines({ legend, fault, add, onAdd, children }: LinesProps) {
  return (
    <fieldset className={styles["charges"]}>
      <legend>{legend}</legend>
      {children}
      {fault && <FieldError>{fault}</FieldError>}
      <Actions>
        <Button kind="quiet" onClick={onAdd}>
          {add}
        </Button>
      </Actions>
    </fieldset>
  );
}

function Remove({ what, onRemove }: { what: string; onRemove: () => void }) {
  return (
    <Button kind="quiet" onClick={onRemove}>
      Remove<span className="visually-hidden"> {what}</span>
    </Button>
  );
}

type Typed = {
  readonly of: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onValue: (value: string) => void;
};

function Name({ of, value, error, onValue }: Typed) {
  return (
    <CellField label={`Name of ${of}`} error={error}>
      {(attributes) => (
        <input
          {...attributes}
          placeholder="Name"
          value={value}
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        />
      )}
    </CellField>
  );
}

function Amount({ of, value, error, onValue }: Typed) {
  return (
    <CellField label={of} look="short" error={error}>
      {(attributes) => (
        <input
          {...attributes}
          inputMode="decimal"
          placeholder="none"
          value={value}
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        />
      )}
    </CellField>
  );
}

function Choice<T extends string>({
  of,
  value,
  words,
  onValue,
}: {
  of: string;
  value: T;
  words: Readonly<Record<string, string>>;
  onValue: (value: T) => void;
}) {
  return (
    <CellField label={of}>
      {(attributes) => (
        <select
          {...attributes}
          value={value}
          // The options below are the keys of `words`, which are the values of T.
          onChange={({ currentTarget }) => onValue(currentTarget.value as T)}
        >
          {Object.entries(words).map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
      )}
    </CellField>
  );
}
