"use client";

import type { OrganizationRole } from "@onsale/core/actor/organization-role";
import type { OpenInvitation } from "@onsale/contract/organization";
import { formatDayAndTime } from "@onsale/core/shared/format";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Section } from "../../ui/section.tsx";
import { StaffFailure } from "../admin/staff-failure.tsx";
import type { MembersOf } from "./members-of.ts";
import { ROLE_WORDS } from "./role-words.ts";
import styles from "./members.module.css";

export function OpenInvitations({
  organization,
  invitations,
  mayTakeBack,
}: {
  organization: MembersOf;
  invitations: readonly OpenInvitation[];
  mayTakeBack: (role: OrganizationRole) => boolean;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const revoke = useMutation(
    trpc.organization.members.revokeInvitation.mutationOptions({ onSettled: () => router.refresh() }),
  );
  return (
    <Section title="Open invitations">
      {revoke.isError && <StaffFailure error={revoke.error} />}
      <ul className={styles["list"]}>
        {invitations.map(({ id, email, role, invitedBy, expiresAtMs }) => (
          <li key={id} className={styles["row"]}>
            <div className={styles["who"]}>
              <strong>{email}</strong>
              <small className="soft">
                Invited by {invitedBy}. Good until{" "}
                {formatDayAndTime(expiresAtMs, { timeZone: organization.timeZone })}
              </small>
            </div>
            <p>{ROLE_WORDS[role].name}</p>
            <div className={styles["acts"]}>
              {mayTakeBack(role) && (
                <Button
                  busy={revoke.isPending && revoke.variables.invitationId === id}
                  aria-label={`Take back the invitation of ${email}`}
                  onClick={() =>
                    revoke.mutate({
                      organizationId: organization.id,
                      invitationId: id,
                    })
                  }
                >
                  Take back
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
