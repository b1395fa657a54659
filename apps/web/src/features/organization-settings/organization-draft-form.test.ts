import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { expect, test } from "vitest";
import { type OrganizationForm, readOrganization } from "./organization-draft-form.ts";

const FORM: OrganizationForm = {
  slug: "harbour-arena",
  name: "Harbour Arena",
  legalName: "",
  address: "",
  currency: "eur",
  timeZone: "Europe/Amsterdam",
  contactEmail: "tickets@harbour.example",
};

test("what an organization's form accepts is what the API accepts", () => {
  expect(readOrganization(FORM, DEFAULT_LOCALE)).toEqual({ draft: { ...FORM, currency: "EUR" } });
});

test("each fault of an organization's form stands at its field, in words for people", () => {
  const typed = {
    ...FORM,
    name: "",
    slug: "Harbour Arena",
    currency: "",
    timeZone: "Harbour",
    contactEmail: "harbour",
  };
  const read = readOrganization(typed, DEFAULT_LOCALE);
  expect(read).toEqual({
    faults: {
      name: "An organization needs a name.",
      slug: "Use small letters, digits and single hyphens.",
      currency: "Choose a currency.",
      timeZone: expect.any(String),
      contactEmail: "This is not an e-mail address.",
    },
  });
});
