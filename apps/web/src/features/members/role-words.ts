import type { OrganizationRole } from "@onsale/core/actor/organization-role";

/** What each role is called, and in one line what it may do; `PERMISSIONS_OF` is what holds. */
export const ROLE_WORDS: Readonly<Record<OrganizationRole, { readonly name: string; readonly may: string }>> =
  {
    owner: { name: "Owner", may: "Everything: events, sales, money, members and the settings." },
    manager: {
      name: "Manager",
      may: "Runs events, prices, sales and lines, sees the money, and changes members, but no owners.",
    },
    box_office: {
      name: "Box office",
      may: "Looks at events and layouts, keeps seats back, looks up orders. No money, no changes of events.",
    },
    scanner: { name: "Scanner", may: "Looks at events, for the door." },
    finance: { name: "Finance", may: "Looks at events, at sales and money, and at orders. Changes nothing." },
    read_only: {
      name: "Read only",
      may: "Looks at events, layouts, lines, presales, waitlists and members. Changes nothing.",
    },
  };

/** In a sentence: "as an owner", "as box office". */
const IN_A_SENTENCE: Readonly<Record<OrganizationRole, string>> = {
  owner: "an owner",
  manager: "a manager",
  box_office: "box office",
  scanner: "a scanner",
  finance: "finance",
  read_only: "a member who only reads",
};
export const asRole = (role: OrganizationRole): string => IN_A_SENTENCE[role];
