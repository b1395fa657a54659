"use client";

import { Email } from "@onsale/core/account/email";
import { INVITATION_TTL_MS } from "@onsale/core/organization/invitation";
import type { OrganizationRole } from "@onsale/core/actor/organization-role";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { useFieldFaults } from "../../ui/use-field-faults.ts";
import portal from "../admin/portal.module.css";
import { StaffFailure } from "../admin/staff-failure.tsx";
import type { MembersOf } from "./members-of.ts";
import { RoleChoice } from "./role-choice.tsx";
import { asRole } from "./role-words.ts";

const GOOD_FOR_DAYS = INVITATION_TTL_MS / 86_400_000;

/** By mail; whoever opens its link signs in, or up, with that address. */
export function InviteForm({
  organization,
  roles,
}: {
  organization: MembersOf;
  /** That the visitor may give, the mightiest first. */
  roles: readonly OrganizationRole[];
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const { faults, isFine, onInput } = useFieldFaults(emailFault);
  const [role, setRole] = useState<OrganizationRole>(roles.at(-1) ?? "read_only");
  const invite = useMutation(
    trpc.organization.members.invite.mutationOptions({ onSuccess: () => router.refresh() }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    if (!isFine(data)) return;
    const email = Email.parse(formText(data, "email"));
    invite.mutate({ organizationId: organization.id, email, role }, { onSuccess: () => form.reset() });
  }

  return (
    <section className={portal["section"]} aria-labelledby="invite">
      <h2 id="invite">Invite somebody</h2>
      <form method="post" onSubmit={submit} onInput={onInput} className={portal["form"]} noValidate>
        <Field
          label="E-mail"
          hint={`The link in the mail is good for ${GOOD_FOR_DAYS} days and once, for an account with this address.`}
          error={faults["email"]}
        >
          {(attributes) => (
            <input {...attributes} name="email" type="email" autoComplete="off" maxLength={254} />
          )}
        </Field>
        <RoleChoice roles={roles} value={role} onValue={setRole} />
        {invite.isError && <StaffFailure error={invite.error} />}
        {invite.isSuccess && (
          <Notice
            tone="go"
            title={`${invite.variables.email} is invited as ${asRole(invite.variables.role)}.`}
          >
            <p>The mail is on its way. An older invitation of the same address is not good any more.</p>
          </Notice>
        )}
        <div className={portal["actions"]}>
          <Button kind="next" type="submit" busy={invite.isPending}>
            Send the invitation
          </Button>
        </div>
      </form>
    </section>
  );
}

const emailFault = (form: FormData) => ({
  email: Email.safeParse(formText(form, "email")).success ? undefined : "This is not an e-mail address.",
});
