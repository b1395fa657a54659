"use client";

import type { OrganizationRole } from "@onsale/core/actor/organization-role";
import { useId } from "react";
import { ROLE_WORDS } from "./role-words.ts";
import styles from "./members.module.css";

type ChoiceProps = {
  readonly roles: readonly OrganizationRole[];
  readonly value: OrganizationRole;
  readonly onValue: (role: OrganizationRole) => void;
};

/** Roles that may be given, each with what it may do. */
export function RoleChoice({ roles, value, onValue }: ChoiceProps) {
  const id = useId();
  return (
    <fieldset className={styles["roles"]}>
      <legend>Role</legend>
      {roles.map((role) => (
        <div key={role} className={styles["role"]}>
          <input
            type="radio"
            id={`${id}-${role}`}
            name={id}
            checked={role === value}
            aria-describedby={`${id}-${role}-may`}
            onChange={() => onValue(role)}
          />
          <label htmlFor={`${id}-${role}`}>{ROLE_WORDS[role].name}</label>
          <p id={`${id}-${role}-may`} className="soft">
            {ROLE_WORDS[role].may}
          </p>
        </div>
      ))}
    </fieldset>
  );
}
