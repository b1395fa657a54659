import { Button } from "../../ui/button.tsx";
import { useUndo } from "../../ui/toast/use-undo.ts";
import { type Charge, type FeeForm, type PriceForm, type TaxForm, withFee, withTax } from "./price-form.ts";
import fit from "./price-editor.module.css";
import styles from "./portal.module.css";

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
  readonly set: (patch: Partial<PriceForm>) => void;
};

const replaced = <T,>(all: readonly T[], index: number, patch: Partial<T>): T[] =>
  all.map((one, at) => (at === index ? { ...one, ...patch } : one));

/** Every fee of the list, one line each. */
export function FeeLines({ form, set, currency }: Charges & { currency: string }) {
  const undo = useUndo(form.fees);
  const change = (index: number, patch: Partial<FeeForm>) => set({ fees: replaced(form.fees, index, patch) });
  return (
    <fieldset className={fit["charges"]}>
      <legend>Fees</legend>
      {form.fees.map((fee, index) => (
        <div key={fee.key} className={styles["actions"]}>
          <Name of={`fee ${index + 1}`} value={fee.label} onValue={(label) => change(index, { label })} />
          <Amount
            of={fee.label || `Fee ${index + 1}`}
            value={fee.amount}
            onValue={(amount) => change(index, { amount })}
          />
          <Choice
            of={`How ${fee.label || `fee ${index + 1}`} is counted`}
            value={fee.charge}
            words={Object.fromEntries(Object.entries(CHARGES).map(([key, of]) => [key, of(currency)]))}
            onValue={(charge) => change(index, { charge })}
          />
          <Remove
            what={fee.label || `fee ${index + 1}`}
            onRemove={() => {
              set({ fees: form.fees.filter((_, at) => at !== index) });
              undo(`${fee.label || "A fee"} was taken out.`, (now) =>
                set({ fees: now.toSpliced(index, 0, fee) }),
              );
            }}
          />
        </div>
      ))}
      <Button kind="quiet" onClick={() => set({ fees: withFee(form.fees) })}>
        Add a fee
      </Button>
    </fieldset>
  );
}

/** Every tax of the list, one line each. */
export function TaxLines({ form, set }: Charges) {
  const undo = useUndo(form.taxes);
  const change = (index: number, patch: Partial<TaxForm>) =>
    set({ taxes: replaced(form.taxes, index, patch) });
  return (
    <fieldset className={fit["charges"]}>
      <legend>Taxes, in %</legend>
      {form.taxes.map((tax, index) => (
        <div key={tax.key} className={styles["actions"]}>
          <Name of={`tax ${index + 1}`} value={tax.label} onValue={(label) => change(index, { label })} />
          <Amount
            of={`${tax.label || `Tax ${index + 1}`} in percent`}
            value={tax.percent}
            onValue={(percent) => change(index, { percent })}
          />
          <Choice
            of={`Where ${tax.label || `tax ${index + 1}`} stands`}
            value={tax.mode}
            words={MODES}
            onValue={(mode) => change(index, { mode })}
          />
          <Choice
            of={`What ${tax.label || `tax ${index + 1}`} is on`}
            value={tax.on}
            words={ON}
            onValue={(on) => change(index, { on })}
          />
          <Remove
            what={tax.label || `tax ${index + 1}`}
            onRemove={() => {
              set({ taxes: form.taxes.filter((_, at) => at !== index) });
              undo(`${tax.label || "A tax"} was taken out.`, (now) =>
                set({ taxes: now.toSpliced(index, 0, tax) }),
              );
            }}
          />
        </div>
      ))}
      <Button kind="quiet" onClick={() => set({ taxes: withTax(form.taxes) })}>
        Add a tax
      </Button>
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

type Typed = { readonly of: string; readonly value: string; readonly onValue: (value: string) => void };

function Name({ of, value, onValue }: Typed) {
  return (
    <input
      className={styles["text"]}
      aria-label={`Name of ${of}`}
      placeholder="Name"
      value={value}
      onChange={({ currentTarget }) => onValue(currentTarget.value)}
    />
  );
}

function Amount({ of, value, onValue }: Typed) {
  return (
    <input
      className={styles["cell"]}
      inputMode="decimal"
      aria-label={of}
      placeholder="none"
      value={value}
      onChange={({ currentTarget }) => onValue(currentTarget.value)}
    />
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
    <select
      className={styles["text"]}
      aria-label={of}
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
  );
}
