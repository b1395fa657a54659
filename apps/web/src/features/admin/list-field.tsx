"use client";

import { CURRENCIES } from "@onsale/core/shared/currencies";
import { useId, useState } from "react";
import { Field } from "../../ui/field.tsx";

type ListFieldProps = {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly hint?: string | undefined;
  readonly disabled?: boolean;
  readonly onValue: (value: string) => void;
};
type Option = { readonly value: string; readonly label?: string };

/** Chosen from a list that is searched by typing; the schema has the last word, so that nothing else gets through. */
function ListField({
  label,
  options,
  hint,
  error,
  onValue,
  ...input
}: ListFieldProps & { options: () => Option[] }) {
  const listId = useId();
  // Made when it is first needed: servers and browsers do not know the same zones.
  const [list, setList] = useState<readonly Option[]>([]);
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <>
          <input
            {...attributes}
            {...input}
            list={listId}
            autoComplete="off"
            spellCheck={false}
            onFocus={() => setList(options())}
            onChange={({ currentTarget }) => onValue(currentTarget.value)}
          />
          <datalist id={listId}>
            {list.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

export const ZoneField = (props: ListFieldProps) => (
  <ListField hint="Type a city and choose: Europe/Zurich." {...props} options={zones} />
);
export const CurrencyField = (props: ListFieldProps) => <ListField {...props} options={currencies} />;

function zones(): Option[] {
  const known = Intl.supportedValuesOf("timeZone");
  return (known.includes("UTC") ? known : [...known, "UTC"]).map((value) => ({ value }));
}

function currencies(): Option[] {
  const names = new Intl.DisplayNames("en", { type: "currency" });
  return CURRENCIES.map((value) => ({ value, label: `${value}, ${names.of(value) ?? value}` }));
}
