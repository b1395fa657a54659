import { expect, test } from "vitest";
import { AppError } from "../shared/errors.ts";
import { OrganizationId } from "../shared/ids.ts";
import { type Staff, system } from "./actor.ts";
import { refuseElsewhere } from "./own-organization.ts";
import { memberOf, staffNamed } from "./testing/staff.ts";

const own = OrganizationId.parse("019a0000-0000-7000-8000-000000000001");
const other = OrganizationId.parse("019a0000-0000-7000-8000-000000000002");
const key = { kind: "api_key", name: "door", organization: own, role: "scanner" } as const;
const unknown = () => new AppError("event.not_found", {});

test.each<[string, Staff]>([
  ["a member", memberOf(own)],
  ["a key", key],
])("%s works for its own organization, and neither for another nor for all", (_, actor) => {
  refuseElsewhere(actor, own, unknown);
  expect(() => refuseElsewhere(actor, other, unknown)).toThrow("event.not_found");
  expect(() => refuseElsewhere(actor, null, unknown)).toThrow("event.not_found");
});

test.each<[string, Staff]>([
  ["an operator", staffNamed("ana@onsale.example")],
  ["a part of the installation", system("ticketctl")],
])("%s works for every organization", (_, actor) => {
  expect(() => refuseElsewhere(actor, other, unknown)).not.toThrow();
  expect(() => refuseElsewhere(actor, null, unknown)).not.toThrow();
});
