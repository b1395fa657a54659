"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AdminVenue } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { StaffFailure } from "./staff-failure.tsx";
import styles from "./portal.module.css";

const NEW = "new";

/** Chooses a venue, or makes one without leaving the form. */
export function VenueField({
  venues,
  value,
  error,
  onVenue,
}: {
  venues: readonly AdminVenue[];
  value: string;
  error: string | undefined;
  onVenue: (venue: AdminVenue) => void;
}) {
  const trpc = useTRPC();
  const [made, setMade] = useState<readonly AdminVenue[]>([]);
  const [making, setMaking] = useState(venues.length === 0);
  const [fresh, setFresh] = useState({ name: "", city: "", country: "", timeZone: "Europe/Zurich" });
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
      {making && (
        <fieldset className={styles["wide"]}>
          <legend>New venue</legend>
          <div className={styles["grid"]}>
            <Field label="Name of the venue">
              {(attributes) => <input {...attributes} {...field("name")} />}
            </Field>
            <Field label="City">{(attributes) => <input {...attributes} {...field("city")} />}</Field>
            <Field label="Country">{(attributes) => <input {...attributes} {...field("country")} />}</Field>
            <Field label="Time zone of the venue">
              {(attributes) => <input {...attributes} {...field("timeZone")} />}
            </Field>
          </div>
          {create.isError && <StaffFailure error={create.error} />}
          <Button
            busy={create.isPending}
            disabled={fresh.name.trim() === ""}
            onClick={() => create.mutate(fresh)}
          >
            Add the venue
          </Button>
        </fieldset>
      )}
    </>
  );
}
