import { describe, expect, it } from "vitest";
import { OrganizationRole } from "../actor/organization-role.ts";
import { may, mayChangeMember, PERMISSIONS, PERMISSIONS_OF } from "./permissions.ts";

describe("what a role may do", () => {
  it("an owner may do everything, and every role may look at events", () => {
    for (const permission of PERMISSIONS) expect(may("owner", permission)).toBe(true);
    for (const role of OrganizationRole.options) expect(may(role, "event.read")).toBe(true);
  });

  it("money is seen by who has to do with money", () => {
    const seers = OrganizationRole.options.filter((role) => may(role, "sales.read"));
    expect(seers).toEqual(["owner", "manager", "finance"]);
  });

  it("who only reads changes nothing", () => {
    for (const role of ["scanner", "finance", "read_only"] as const)
      expect(PERMISSIONS_OF[role].filter((permission) => !permission.endsWith(".read"))).toEqual([]);
  });
});

describe("who makes whom a member", () => {
  it("owners are made and unmade by owners alone", () => {
    expect(mayChangeMember("manager", { from: null, to: "owner" })).toBe(false);
    expect(mayChangeMember("manager", { from: "owner", to: null })).toBe(false);
    expect(mayChangeMember("manager", { from: "owner", to: "read_only" })).toBe(false);
    expect(mayChangeMember("owner", { from: "manager", to: "owner" })).toBe(true);
  });

  it("nobody below a manager changes members", () => {
    for (const by of ["box_office", "scanner", "finance", "read_only"] as const)
      expect(mayChangeMember(by, { from: null, to: "read_only" })).toBe(false);
    expect(mayChangeMember("manager", { from: "read_only", to: "box_office" })).toBe(true);
  });
});
