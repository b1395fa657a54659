"use client";

import type { AdminVenue } from "@onsale/contract/venue";
import type { Locale } from "@onsale/core/shared/locale";
import { VenueAddress } from "@onsale/core/venue/venue";
import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormPart } from "../../ui/form/form-shell.tsx";
import { useForm } from "../../ui/form/use-form.ts";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { faultWords } from "./fault-words.ts";
import { StaffFailure } from "./staff-failure.tsx";

export const ADDRESS_HINT = "As on an envelope, such as Lindenhof 4, 8001. Tickets show it.";

type AddressForm = { readonly address: string };

function faultsOfAddress({ address }: AddressForm, locale: Locale): FieldFaults {
  const issue = VenueAddress.safeParse(address).error?.issues[0];
  return issue ? { address: faultWords(issue, {}, { value: address, locale }) } : {};
}

/** Where the chosen venue is. It belongs to the venue, so it is saved apart from the event. */
export function VenueAddressField({ venue }: { venue: AdminVenue }) {
  const trpc = useTRPC();
  const draft = useForm(() => ({ form: { address: venue.address }, version: 0 }), {
    faultsOf: faultsOfAddress,
  });
  const { form, shell } = draft;
  const save = useMutation(
    trpc.admin.venues.setAddress.mutationOptions({
      onSuccess: ({ address }) => draft.start({ form: { address }, version: 0 }),
    }),
  );

  function submit() {
    const read = VenueAddress.safeParse(form.address);
    draft.tell(faultsOfAddress(form, draft.locale));
    if (read.success && shell.unsaved && !save.isPending)
      save.mutate({ venueId: venue.id, before: draft.base.address, address: read.data });
  }

  return (
    <FormPart
      {...shell}
      label={`Where ${venue.name} is`}
      onSubmit={submit}
      question="What you typed as the venue's address is not saved. Leave all the same?"
      saved={save.isSuccess && !shell.unsaved ? "Saved for every event at this venue." : null}
      failure={save.isError && <StaffFailure error={save.error} />}
      action={
        (shell.unsaved || save.isPending) && (
          <Button busy={save.isPending} onClick={submit}>
            Save the venue's address
          </Button>
        )
      }
    >
      <Field
        label={`Street and postcode of ${venue.name}`}
        hint={ADDRESS_HINT}
        error={shell.faults["address"]}
      >
        {(attributes) => (
          <input
            {...attributes}
            value={form.address}
            autoComplete="off"
            onChange={({ currentTarget }) => {
              if (!save.isPending) save.reset();
              draft.set({ address: currentTarget.value });
            }}
          />
        )}
      </Field>
    </FormPart>
  );
}
