"use client";

import type { MembersPage, OrganizationMember } from "@onsale/contract/organization";
import { mayChangeMember } from "@onsale/core/organization/permissions";
import { OrganizationRole } from "@onsale/core/actor/organization-role";
import type { ReactNode } from "react";
import { ButtonAnchor } from "../../ui/button-anchor.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Section } from "../../ui/section.tsx";
import { InviteForm } from "./invite-form.tsx";
import { LeaveOrganization } from "./leave-organization.tsx";
import { MemberRow } from "./member-row.tsx";
import type { MembersOf } from "./members-of.ts";
import { OpenInvitations } from "./open-invitations.tsx";
import styles from "./members.module.css";

type Props = {
  readonly organization: MembersOf;
  readonly page: MembersPage;
  /** The list is narrowed: what stands here where that leaves nobody. */
  readonly nothingFits: ReactNode;
  readonly me: { readonly id: string; readonly isMember: boolean; readonly isElsewhere: boolean };
};

export function MembersView({ organization, page: { members, invitations }, nothingFits, me }: Props) {
  const rolesFor = (from: OrganizationRole | null) =>
    OrganizationRole.options.filter((to) => mayChangeMember(organization.role, { from, to }));
  const mayRemove = ({ role }: OrganizationMember) =>
    mayChangeMember(organization.role, { from: role, to: null });
  const mayInvite = rolesFor(null);
  // As it is made, so it is taken back.
  const mayOffer = (role: OrganizationRole) => mayInvite.includes(role);
  return (
    <>
      <Section title="Who works here">
        {members.length === 0 && nothingFits}
        {members.length === 0 && !nothingFits && (
          <EmptyState
            title="Nobody works here yet."
            action={
              mayInvite.length > 0 && <ButtonAnchor href="#invite">Invite the first owner</ButtonAnchor>
            }
          >
            Members stand here with their role. The first one is invited as an owner.
          </EmptyState>
        )}
        <ul className={styles["list"]}>
          {members.map((member) => (
            <MemberRow
              key={member.accountId}
              organization={organization}
              member={member}
              isMe={member.accountId === me.id}
              roles={rolesFor(member.role)}
              mayRemove={mayRemove(member)}
            />
          ))}
        </ul>
      </Section>
      {invitations.length > 0 && (
        <OpenInvitations organization={organization} invitations={invitations} mayTakeBack={mayOffer} />
      )}
      {mayInvite.length > 0 && (
        <InviteForm
          organization={organization}
          roles={mayInvite}
          isFirst={members.length === 0 && invitations.length === 0 && !nothingFits}
        />
      )}
      {me.isMember && <LeaveOrganization organization={organization} isElsewhere={me.isElsewhere} />}
    </>
  );
}
