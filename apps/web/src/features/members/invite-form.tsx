"use client";

import { Email } from "@onsale/core/account/email";
import { INVITATION_TTL_MS } from "@onsale/core/organization/invitation";
import type { OrganizationRole } from "@onsale/core/actor/organization-role";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { FormShell } from "../../ui/form/form-shell.tsx";
import { useForm } from "../../ui/form/use-form.ts";
import { Section } from "../../ui/section.tsx";
import { StaffFailure } from "../admin/staff-failure.tsx";
import type { MembersOf } from "./members-of.ts";
import { RoleChoice } from "./role-choice.tsx";
import { asRole } from "./role-words.ts";

const GOOD_FOR_DAYS = INVITATION_TTL_MS / 86_400_000;

/** By mail; whoever opens its link signs in, or up, with that address. */
export function InviteForm({
  organization,
  roles,
  isFirst,
}: {
  organization: MembersOf;
  /** That the visitor may give, the mightiest first. */
  roles: readonly OrganizationRole[];
  /** Nobody works there yet, and nobody is asked to. */
  isFirst: boolean;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const likely = roles.at(isFirst ? 0 : -1) ?? "read_only";
  const draft = useForm(() => ({ form: { email: "", role: likely }, version: 0 }), { faultsOf });
  const { form, shell } = draft;
  const invite = useMutation(
    trpc.organization.members.invite.mutationOptions({
      onSuccess: () => {
        draft.start({ form: { email: "", role: form.role }, version: 0 });
        router.refresh();
      },
    }),
  );

  function submit() {
    const email = Email.safeParse(form.email);
    draft.tell(faultsOf(form));
    if (email.success) invite.mutate({ organizationId: organization.id, email: email.data, role: form.role });
  }

  return (
    <Section title="Invite somebody" anchor="invite">
      <FormShell
        {...shell}
        onSubmit={submit}
        unsaved={form.email !== ""}
        question="This invitation was not sent. Leave all the same?"
        saved={null}
        failure={
          <>
            {invite.isError && <StaffFailure error={invite.error} />}
            {invite.isSuccess && (
              <Notice
                tone="go"
                title={`${invite.variables.email} is invited as ${asRole(invite.variables.role)}.`}
              >
                <p>The mail is on its way. An older invitation of the same address is not good any more.</p>
              </Notice>
            )}
          </>
        }
        action={
          <Button kind="next" type="submit" busy={invite.isPending}>
            Send the invitation
          </Button>
        }
      >
        <Field
          label="E-mail"
          hint={`The link in the mail is good for ${GOOD_FOR_DAYS} days and once, for an account with this address.`}
          error={shell.faults["email"]}
        >
          {(attributes) => (
            <input
              {...attributes}
              name="email"
              type="email"
              autoComplete="off"
              maxLength={254}
              value={form.email}
              onChange={({ currentTarget }) => draft.set({ email: currentTarget.value })}
            />
          )}
        </Field>
        <RoleChoice roles={roles} value={form.role} onValue={(role) => draft.set({ role })} />
      </FormShell>
    </Section>
  );
}

const faultsOf = ({ email }: { readonly email: string }): FieldFaults =>
  Email.safeParse(email).success ? {} : { email: "This is not an e-mail address." };
