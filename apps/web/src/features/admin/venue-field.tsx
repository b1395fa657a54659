"use client";

import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AdminVenue } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { stillFaulty } from "../../ui/still-faulty.ts";
import type { Faults } from "./event-draft-form.ts";
import { ZoneField } from "./list-field.tsx";
import { StaffFailure } from "./staff-failure.tsx";
import { useFirstFault } from "../../ui/form/use-first-fault.ts";
import { ADDRESS_HINT, VenueAddressField } from "./venue-address-field.tsx";
import { readVenue } from "./venue-form.ts";
import styles from "./portal.module.css";

const NEW = "new";

/** Chooses a venue, or makes one without leaving the form. */
export function VenueField({
  organizationId,
  venues,
  value,
  error,
  onVenue,
}: {
  organizationId: string;
  venues: readonly AdminVenue[];
  value: string;
  error: string | undefined;
  onVenue: (venue: AdminVenue) => void;
}) {
  const trpc = useTRPC();
  const [made, setMade] = useState<readonly AdminVenue[]>([]);
  const [making, setMaking] = useState(venues.length === 0);
  const [fresh, setFresh] = useState({
    name: "",
    address: "",
    city: "",
    country: "",
    timeZone: "Europe/Zurich",
  });
  const [found, setFound] = useState<Faults>({});
  const read = readVenue(fresh);
  const faults = "faults" in read ? stillFaulty(found, read.faults) : {};
  const box = useRef<HTMLFieldSetElement>(null);
  useFirstFault(box, found);
  const create = useMutation(
    trpc.admin.venues.create.mutationOptions({
      onSuccess(venue) {
        setMade([...made, venue]);
        setMaking(false);
        onVenue(venue);
      },
    }),
  );
  const all = [...venues, ...made];
  const chosen = all.find(({ id }) => id === value);
  const field = (key: keyof typeof fresh) => ({
    value: fresh[key],
    onChange: (change: { currentTarget: { value: string } }) =>
      setFresh({ ...fresh, [key]: change.currentTarget.value }),
  });
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
        <fieldset ref={box} className={styles["wide"]}>
          <legend>New venue</legend>
          <div className={styles["grid"]}>
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
              value={fresh.timeZone}
              error={faults["timeZone"]}
              onValue={(timeZone) => setFresh({ ...fresh, timeZone })}
            />
          </div>
          {create.isError && <StaffFailure error={create.error} />}
          <Button
            busy={create.isPending}
            onClick={() => {
              setFound("faults" in read ? read.faults : {});
              if ("venue" in read) create.mutate({ organizationId, draft: read.venue });
            }}
          >
            Add the venue
          </Button>
        </fieldset>
      )}
    </>
  );
}
