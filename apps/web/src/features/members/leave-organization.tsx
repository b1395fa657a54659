"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Section } from "../../ui/section.tsx";
import { Button } from "../../ui/button.tsx";
import { StaffFailure } from "../admin/staff-failure.tsx";
import { AskDialog } from "./ask-dialog.tsx";
import type { MembersOf } from "./members-of.ts";

export function LeaveOrganization({
  organization,
  isElsewhere,
}: {
  organization: MembersOf;
  /** A member of another organization too, so that there is still a portal to go to. */
  isElsewhere: boolean;
}) {
  const trpc = useTRPC();
  const [asking, setAsking] = useState(false);
  const leave = useMutation(
    trpc.organization.members.leave.mutationOptions({
      // A full load, so that the header knows.
      onSuccess: () => window.location.assign(isElsewhere ? "/admin" : "/"),
    }),
  );
  return (
    <Section title="Leave">
      {leave.isError && <StaffFailure error={leave.error} />}
      <Actions>
        <Button busy={leave.isPending || leave.isSuccess} onClick={() => setAsking(true)}>
          Leave {organization.name}
        </Button>
      </Actions>
      {asking && (
        <AskDialog
          title={`Leave ${organization.name}?`}
          doIt={`Leave ${organization.name}`}
          keep="Stay a member"
          onDo={() => leave.mutate({ organizationId: organization.id })}
          onClose={() => setAsking(false)}
        >
          <p>
            You can do nothing in {organization.name} any more, at once. Your account and your own tickets
            stay. To come back you need a new invitation.
          </p>
        </AskDialog>
      )}
    </Section>
  );
}
