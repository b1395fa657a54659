import type { Role } from "@onsale/core/actor/account";
import type { OrganizationRole } from "@onsale/core/actor/organization-role";
import type { DemoVenue } from "./demo-events.ts";

type DemoAccount = {
  /** What it shows, in words. */
  readonly label: string;
  readonly role: Role;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** What it is in the organization of a venue. */
  readonly member: Partial<Record<DemoVenue, OrganizationRole>>;
};

/** Fixed, so that a demo can be explained; `seed` refuses to make them where others could sign in. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    label: "fan",
    role: "fan",
    email: "fan@onsale.example",
    name: "Robin Fan",
    password: "front-row-please",
    member: {},
  },
  {
    label: "organizer",
    role: "fan",
    email: "organizer@onsale.example",
    name: "Kim Organizer",
    password: "doors-at-seven",
    member: { arena: "owner", theatre: "manager" },
  },
  {
    label: "theatre owner",
    role: "fan",
    email: "theatre@onsale.example",
    name: "Lou Lindenhof",
    password: "curtain-at-eight",
    member: { theatre: "owner" },
  },
  {
    label: "box office",
    role: "fan",
    email: "box-office@onsale.example",
    name: "Alex Window",
    password: "two-on-the-aisle",
    member: { arena: "box_office" },
  },
  {
    label: "operator",
    role: "operator",
    email: "operator@onsale.example",
    name: "Sam Operator",
    password: "hold-the-line",
    member: {},
  },
];
