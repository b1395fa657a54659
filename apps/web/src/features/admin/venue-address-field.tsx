"use client";

import { VenueAddress } from "@onsale/core/venue/venue";
import { VenueId } from "@onsale/core/shared/ids";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AdminVenue } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { faultWords } from "./fault-words.ts";
import { StaffFailure } from "./staff-failure.tsx";
import { useUnsaved } from "../../ui/form/use-unsaved.ts";
import styles from "./portal.module.css";

export const ADDRESS_HINT = "As on an envelope, such as Lindenhof 4, 8001. Tickets show it.";

/** Where the chosen venue is. It belongs to the venue, so it is saved apart from the event. */
export function VenueAddressField({ venue }: { venue: AdminVenue }) {
  const trpc = useTRPC();
  const [address, setAddress] = useState(venue.address);
  const [before, setBefore] = useState(venue.address);
  const [wasPressed, setPressed] = useState(false);
  const save = useMutation(
    trpc.admin.venues.setAddress.mutationOptions({
      onSuccess: (saved) => {
        setAddress(saved.address);
        setBefore(saved.address);
      },
    }),
  );
  const isChanged = address !== before;
  useUnsaved(isChanged, "What you typed as the venue's address is not saved. Leave all the same?");

  const read = VenueAddress.safeParse(address);
  const issue = wasPressed ? read.error?.issues[0] : undefined;

  function submit() {
    setPressed(!read.success);
    if (read.success) save.mutate({ venueId: VenueId.parse(venue.id), before, address: read.data });
  }

  return (
    <div>
      <Field
        label={`Street and postcode of ${venue.name}`}
        hint={ADDRESS_HINT}
        error={issue && faultWords(issue, {}, address)}
      >
        {(attributes) => (
          <input
            {...attributes}
            value={address}
            autoComplete="off"
            onChange={({ currentTarget }) => {
              if (!save.isPending) save.reset();
              setAddress(currentTarget.value);
            }}
          />
        )}
      </Field>
      {save.isError && <StaffFailure error={save.error} />}
      {save.isSuccess && !isChanged && <Notice tone="go" title="Saved for every event at this venue." />}
      {(isChanged || save.isPending) && (
        <div className={styles["actions"]}>
          <Button busy={save.isPending} onClick={submit}>
            Save the venue's address
          </Button>
        </div>
      )}
    </div>
  );
}
