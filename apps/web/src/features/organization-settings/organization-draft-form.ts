import type { OrganizationSettings } from "@onsale/contract/organization";
import type { Locale } from "@onsale/core/shared/locale";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { faultWords, type FieldWords } from "../admin/fault-words.ts";

export type OrganizationForm = Readonly<Record<keyof OrganizationDraft, string>>;

export const FIELD_LABELS: Readonly<Record<keyof OrganizationDraft, string>> = {
  name: "Name",
  slug: "Short name in the address",
  legalName: "Legal name",
  address: "Address",
  currency: "Currency of new events",
  timeZone: "Time zone of new events",
  contactEmail: "Contact for fans",
};

/** What is wrong beyond a length. */
const WORDS: Readonly<Record<keyof OrganizationDraft, FieldWords>> = {
  name: { missing: "An organization needs a name." },
  slug: {
    missing: "An organization needs a short name for its address.",
    format: "Use small letters, digits and single hyphens.",
  },
  legalName: {},
  address: {},
  currency: { missing: "Choose a currency.", format: "Three letters, such as EUR." },
  timeZone: { missing: "Choose a zone of the list." },
  contactEmail: { missing: "Where may fans write to?", format: "This is not an e-mail address." },
};

const FIELDS = Object.keys(FIELD_LABELS) as (keyof OrganizationDraft)[];
const EMPTY: OrganizationForm = {
  name: "",
  slug: "",
  legalName: "",
  address: "",
  currency: "EUR",
  timeZone: "",
  contactEmail: "",
};

export function formOfOrganization(settings: OrganizationSettings | null): OrganizationForm {
  if (!settings) return EMPTY;
  return Object.fromEntries(FIELDS.map((field) => [field, settings[field]])) as OrganizationForm;
}

/** The same schema that the API applies, each fault at its field. */
export function readOrganization(
  form: OrganizationForm,
  locale: Locale,
): { draft: OrganizationDraft } | { faults: FieldFaults } {
  const typed = { ...form, currency: form.currency.trim().toUpperCase() };
  const read = OrganizationDraft.safeParse(typed);
  if (read.success) return { draft: read.data };
  const faults: Partial<Record<string, string>> = {};
  for (const issue of read.error.issues) {
    const field = FIELDS.find((one) => one === issue.path[0]);
    if (field) faults[field] ??= faultWords(issue, WORDS[field], { value: typed[field], locale });
  }
  return { faults };
}

export function faultsOfOrganization(form: OrganizationForm, locale: Locale): FieldFaults {
  const read = readOrganization(form, locale);
  return "faults" in read ? read.faults : {};
}
