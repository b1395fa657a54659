"use client";

import type { OrganizationMember } from "@onsale/contract/organization";
import type { OrganizationRole } from "@onsale/core/actor/organization-role";
import { formatDay } from "@onsale/core/shared/format";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { StaffFailure } from "../admin/staff-failure.tsx";
import { AskDialog } from "./ask-dialog.tsx";
import type { MembersOf } from "./members-of.ts";
import { RoleChoice } from "./role-choice.tsx";
import { asRole, ROLE_WORDS } from "./role-words.ts";
import styles from "./members.module.css";

type Props = {
  readonly organization: MembersOf;
  readonly member: OrganizationMember;
  readonly isMe: boolean;
  /** What the visitor may make of this member; one or none: nothing can be changed. */
  readonly roles: readonly OrganizationRole[];
  readonly mayRemove: boolean;
};

export function MemberRow({ organization, member, isMe, roles, mayRemove }: Props) {
  const trpc = useTRPC();
  const router = useRouter();
  const [asking, setAsking] = useState<"role" | "remove" | null>(null);
  const onSuccess = () => router.refresh();
  const setRole = useMutation(trpc.organization.members.setRole.mutationOptions({ onSuccess }));
  const remove = useMutation(trpc.organization.members.remove.mutationOptions({ onSuccess }));
  const of = { organizationId: organization.id, accountId: member.accountId };
  const who = isMe ? `${member.name}, you` : member.name;
  const failed = setRole.error ?? remove.error;
  return (
    <li className={styles["row"]}>
      <div className={styles["who"]}>
        <strong>{who}</strong>
        <span>{member.email}</span>
        <small className="soft">Since {formatDay(member.sinceMs, { timeZone: organization.timeZone })}</small>
      </div>
      <p>{ROLE_WORDS[member.role].name}</p>
      <div className={styles["acts"]}>
        {roles.length > 1 && (
          <Button
            busy={setRole.isPending}
            aria-label={`Change role of ${member.name}`}
            onClick={() => setAsking("role")}
          >
            Change role
          </Button>
        )}
        {mayRemove && !isMe && (
          <Button
            busy={remove.isPending || remove.isSuccess}
            aria-label={`Remove ${member.name}`}
            onClick={() => setAsking("remove")}
          >
            Remove
          </Button>
        )}
      </div>
      {failed && (
        <div className={styles["whole"]}>
          <StaffFailure error={failed} />
        </div>
      )}
      {asking === "role" && (
        <RoleDialog
          member={member}
          roles={roles}
          onRole={(role) => setRole.mutate({ ...of, role })}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === "remove" && (
        <AskDialog
          title={`Remove ${member.name}?`}
          doIt={`Remove ${member.name}`}
          keep="Keep as member"
          onDo={() => remove.mutate(of)}
          onClose={() => setAsking(null)}
        >
          <p>
            From the next click on, {member.email} can do nothing in {organization.name} any more, as{" "}
            {asRole(member.role)} or otherwise. The account and its own tickets stay, and what was done stays
            done. To come back takes a new invitation.
          </p>
        </AskDialog>
      )}
    </li>
  );
}

function RoleDialog({
  member,
  roles,
  onRole,
  onClose,
}: {
  member: OrganizationMember;
  roles: readonly OrganizationRole[];
  onRole: (role: OrganizationRole) => void;
  onClose: () => void;
}) {
  const [role, setRole] = useState(member.role);
  const isOther = role !== member.role;
  return (
    <AskDialog
      title={`What ${member.name} may do`}
      doIt={isOther ? `Make ${member.name} ${asRole(role)}` : "Choose another role"}
      keep="Keep it as it is"
      isReady={isOther}
      onDo={() => onRole(role)}
      onClose={onClose}
    >
      <RoleChoice roles={roles} value={role} onValue={setRole} />
    </AskDialog>
  );
}
