"use client";

import { Field } from "../../ui/field.tsx";
import { FieldGrid } from "../../ui/form/field-grid.tsx";
import { textField } from "../../ui/form/text-field.ts";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { CurrencyField, ZoneField } from "../admin/list-field.tsx";
import { addressOf } from "../admin/slug.ts";
import { FIELD_LABELS, type OrganizationForm } from "./organization-draft-form.ts";

type FieldsProps = {
  readonly form: OrganizationForm;
  readonly faults: FieldFaults;
  readonly set: (patch: Partial<OrganizationForm>) => void;
  /** Its short name follows the name until somebody types another one. */
  readonly isNew: boolean;
};

const SLUG_MAX = 60;
const slugOf = (name: string) => (name === "" ? "" : addressOf(name).slice(0, SLUG_MAX).replace(/-$/, ""));

export function OrganizationFields({ form, faults, set, isNew }: FieldsProps) {
  const field = textField({ form, set });
  const text = (key: keyof OrganizationForm) => ({ ...field(key), autoComplete: "off" });
  const choice = (key: "currency" | "timeZone") => ({
    label: FIELD_LABELS[key],
    name: key,
    value: form[key],
    error: faults[key],
    onValue: (value: string) => set({ [key]: value }),
  });
  return (
    <FieldGrid>
      <Field label={FIELD_LABELS.name} hint="As fans know it." error={faults["name"]}>
        {(attributes) => (
          <input
            {...attributes}
            {...text("name")}
            onChange={({ currentTarget: { value } }) =>
              set(
                isNew && form.slug === slugOf(form.name)
                  ? { name: value, slug: slugOf(value) }
                  : { name: value },
              )
            }
          />
        )}
      </Field>
      <Field
        label={FIELD_LABELS.slug}
        hint={
          isNew
            ? "Of its page for fans."
            : "Of its page for fans. When it changes, links under the one before end."
        }
        error={faults["slug"]}
      >
        {(attributes) => <input {...attributes} {...text("slug")} />}
      </Field>
      <Field
        label={FIELD_LABELS.contactEmail}
        hint="Everybody sees it on the organizer's page."
        error={faults["contactEmail"]}
      >
        {(attributes) => <input {...attributes} {...text("contactEmail")} type="email" />}
      </Field>
      <Field
        label={FIELD_LABELS.address}
        hint="In one line; everybody sees it. May stay empty."
        error={faults["address"]}
      >
        {(attributes) => <input {...attributes} {...text("address")} />}
      </Field>
      <Field
        label={FIELD_LABELS.legalName}
        hint="As contracts and receipts name it. Empty: the name."
        error={faults["legalName"]}
      >
        {(attributes) => <input {...attributes} {...text("legalName")} />}
      </Field>
      <CurrencyField {...choice("currency")} />
      <ZoneField {...choice("timeZone")} />
    </FieldGrid>
  );
}
