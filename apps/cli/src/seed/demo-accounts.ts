import type { Role } from "@onsale/core/account/account";

/** Fixed, so that a demo can be explained; `seed` refuses to make them where others could sign in. */
export const DEMO_ACCOUNTS = [
  { role: "fan", email: "fan@onsale.example", name: "Robin Fan", password: "front-row-please" },
  { role: "organizer", email: "organizer@onsale.example", name: "Kim Organizer", password: "doors-at-seven" },
  { role: "operator", email: "operator@onsale.example", name: "Sam Operator", password: "hold-the-line" },
] as const satisfies readonly { role: Role; email: string; name: string; password: string }[];
