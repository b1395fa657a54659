"use client";

import type { AdminVenue } from "@onsale/contract/venue";
import type { Locale } from "@onsale/core/shared/locale";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FieldGrid, WholeLine } from "../../ui/form/field-grid.tsx";
import { FormPart } from "../../ui/form/form-shell.tsx";
import { useForm } from "../../ui/form/use-form.ts";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { ZoneField } from "./list-field.tsx";
import { StaffFailure } from "./staff-failure.tsx";
import { ADDRESS_HINT, VenueAddressField } from "./venue-address-field.tsx";
import { readVenue } from "./venue-form.ts";

const NEW = "new";

type Choice = {
  readonly organizationId: string;
  readonly venues: readonly AdminVenue[];
  readonly value: string;
  readonly error: string | undefined;
  readonly onVenue: (venue: AdminVenue) => void;
};

/** Chooses a venue, or makes one without leaving the form. */
export function VenueField({ organizationId, venues, value, error, onVenue }: Choice) {
  const [made, setMade] = useState<readonly AdminVenue[]>([]);
  const [making, setMaking] = useState(venues.length === 0);
  const all = [...venues, ...made];
  const chosen = all.find(({ id }) => id === value);
  return (
    <>
      <Field label="Venue" error={error}>
        {(attributes) => (
          <select
            {...attributes}
            name="venueId"
            value={making ? NEW : value}
            onChange={({ currentTarget }) => {
              const venue = all.find((one) => one.id === currentTarget.value);
              setMaking(!venue);
              if (venue) onVenue(venue);
            }}
          >
            {all.map((venue) => (
              <option key={venue.id} value={venue.id}>
                {venue.name}
                {venue.city && `, ${venue.city}`}
              </option>
            ))}
            <option value={NEW}>Another venue</option>
          </select>
        )}
      </Field>
      {chosen && !making && <VenueAddressField key={chosen.id} venue={chosen} />}
      {making && (
        <NewVenue
          organizationId={organizationId}
          onMade={(venue) => {
            setMade([...made, venue]);
            setMaking(false);
            onVenue(venue);
          }}
        />
      )}
    </>
  );
}

const EMPTY = { name: "", address: "", city: "", country: "", timeZone: "Europe/Zurich" };

function faultsOfVenue(form: typeof EMPTY, locale: Locale): FieldFaults {
  const read = readVenue(form, locale);
  return "faults" in read ? read.faults : {};
}

/** Part of the event's form; it is added apart from it. */
function NewVenue({
  organizationId,
  onMade,
}: {
  organizationId: string;
  onMade: (venue: AdminVenue) => void;
}) {
  const trpc = useTRPC();
  const draft = useForm(() => ({ form: EMPTY, version: 0 }), { faultsOf: faultsOfVenue });
  const { form, shell } = draft;
  const { faults } = shell;
  const create = useMutation(trpc.admin.venues.create.mutationOptions({ onSuccess: onMade }));
  const field = (key: keyof typeof EMPTY) => ({
    value: form[key],
    onChange: (change: { currentTarget: { value: string } }) =>
      draft.set({ [key]: change.currentTarget.value }),
  });
  function submit() {
    const read = readVenue(form, draft.locale);
    draft.tell("faults" in read ? read.faults : {});
    if ("venue" in read && !create.isPending) create.mutate({ organizationId, draft: read.venue });
  }
  return (
    <WholeLine>
      <FormPart
        {...shell}
        label="New venue"
        onSubmit={submit}
        question="The new venue is not added yet. Leave all the same?"
        saved={null}
        failure={create.isError && <StaffFailure error={create.error} />}
        action={
          <Button busy={create.isPending} onClick={submit}>
            Add the venue
          </Button>
        }
      >
        <h3>New venue</h3>
        <FieldGrid>
          <Field label="Name of the venue" error={faults["name"]}>
            {(attributes) => <input {...attributes} {...field("name")} />}
          </Field>
          <Field label="Street and postcode" hint={ADDRESS_HINT} error={faults["address"]}>
            {(attributes) => <input {...attributes} {...field("address")} autoComplete="off" />}
          </Field>
          <Field label="City" error={faults["city"]}>
            {(attributes) => <input {...attributes} {...field("city")} />}
          </Field>
          <Field label="Country" error={faults["country"]}>
            {(attributes) => <input {...attributes} {...field("country")} />}
          </Field>
          <ZoneField
            label="Time zone of the venue"
            name="venueTimeZone"
            value={form.timeZone}
            error={faults["timeZone"]}
            onValue={(timeZone) => draft.set({ timeZone })}
          />
        </FieldGrid>
      </FormPart>
    </WholeLine>
  );
}
