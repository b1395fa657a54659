"use client";

import { HOLD_TTL_MS_MAX } from "@onsale/core/hold/hold";
import { EventId } from "@onsale/core/shared/ids";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AdminEvent, AdminLayout, AdminVenue } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { type DraftForm, type Faults, formOf, readDraft } from "./event-draft-form.ts";
import { slugOf } from "./local-time.ts";
import { SaleWindows } from "./sale-windows.tsx";
import { StaffFailure } from "./staff-failure.tsx";
import { VenueField } from "./venue-field.tsx";
import styles from "./portal.module.css";

const HOLD_MINUTES_MAX = HOLD_TTL_MS_MAX / 60_000;

type TextKey = Exclude<keyof DraftForm, "windows">;

type Choices = {
  readonly venues: readonly AdminVenue[];
  readonly layouts: readonly AdminLayout[];
  /** The layout a new event starts with, when whoever opened the form came from one. */
  readonly layoutId?: string | undefined;
};
type FormProps = Choices & { readonly event: AdminEvent | null };

function firstOf({ venues, layouts, layoutId }: Choices) {
  return {
    venueId: venues[0]?.id ?? "",
    timeZone: venues[0]?.timeZone ?? "Europe/Zurich",
    layoutId: layouts.find(({ id }) => id === layoutId)?.id ?? "",
  };
}

export function EventForm({ event, layoutId, venues, layouts }: FormProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [form, setForm] = useState(() => formOf(event, firstOf({ venues, layouts, layoutId })));
  const [version, setVersion] = useState(event?.detailsVersion ?? 0);
  const [faults, setFaults] = useState<Faults>({});
  const create = useMutation(
    trpc.admin.events.create.mutationOptions({ onSuccess: ({ id }) => router.push(`/admin/events/${id}`) }),
  );
  const update = useMutation(
    trpc.admin.events.update.mutationOptions({
      onSuccess: (saved) => {
        setVersion(saved.version);
        router.refresh();
      },
    }),
  );
  const fixed = event !== null && event.state !== "draft";

  const set = (patch: Partial<DraftForm>) => setForm((before) => ({ ...before, ...patch }));
  const text = (key: TextKey, type = "text") => ({
    name: key,
    type,
    value: form[key],
    onChange: (change: { currentTarget: { value: string } }) => set({ [key]: change.currentTarget.value }),
  });

  function submit(submitted: FormEvent) {
    submitted.preventDefault();
    const read = readDraft(form);
    if ("faults" in read) {
      setFaults(read.faults);
      return;
    }
    setFaults({});
    if (event) update.mutate({ eventId: EventId.parse(event.id), version, draft: read.draft });
    else create.mutate(read.draft);
  }

  const failed = create.error ?? update.error;
  return (
    <form className={styles["form"]} onSubmit={submit} noValidate>
      <div className={styles["grid"]}>
        <Field label="Title" error={faults["title"]}>
          {(attributes) => (
            <input
              {...attributes}
              {...text("title")}
              onChange={({ currentTarget: { value } }) =>
                set(
                  event === null && form.slug === slugOf(form.title)
                    ? { title: value, slug: slugOf(value) }
                    : { title: value },
                )
              }
            />
          )}
        </Field>
        <Field label="Short name in the address" error={faults["slug"]}>
          {(attributes) => <input {...attributes} {...text("slug")} />}
        </Field>
        <Field label="Subtitle">{(attributes) => <input {...attributes} {...text("subtitle")} />}</Field>
        <Field label="Genre">{(attributes) => <input {...attributes} {...text("genre")} />}</Field>
        <VenueField
          venues={venues}
          value={form.venueId}
          error={faults["venueId"]}
          onVenue={(venue) => set({ venueId: venue.id, timeZone: venue.timeZone })}
        />
        <Field label="Seat layout" hint={fixed ? "Fixed since the event was published." : undefined}>
          {(attributes) => (
            <select
              {...attributes}
              name="layoutId"
              value={form.layoutId}
              disabled={fixed}
              onChange={({ currentTarget: { value } }) => set({ layoutId: value })}
            >
              <option value="">None yet</option>
              {layouts.map((layout) => (
                <option key={layout.id} value={layout.id}>
                  {layout.name} ({(layout.seatCount + layout.gaCapacity).toLocaleString("en")} places)
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Starts" hint={`On a clock in ${form.timeZone}.`} error={faults["startsAtMs"]}>
          {(attributes) => <input {...attributes} {...text("startsAt", "datetime-local")} />}
        </Field>
        <Field label="Doors" hint="May stay empty.">
          {(attributes) => <input {...attributes} {...text("doorsAt", "datetime-local")} />}
        </Field>
        <Field label="Time zone" hint="As in Europe/Zurich." error={faults["timeZone"]}>
          {(attributes) => <input {...attributes} {...text("timeZone")} />}
        </Field>
        <Field label="Currency" error={faults["currency"]}>
          {(attributes) => <input {...attributes} {...text("currency")} maxLength={3} disabled={fixed} />}
        </Field>
        <Field label="Seats are held for (minutes)" error={faults["holdTtlMs"]}>
          {(attributes) => (
            <input {...attributes} {...text("holdMinutes", "number")} min={1} max={HOLD_MINUTES_MAX} />
          )}
        </Field>
        <Field label="Tickets per fan" error={faults["maxPerFan"]}>
          {(attributes) => <input {...attributes} {...text("maxPerFan", "number")} min={1} max={50} />}
        </Field>
        <div className={styles["wide"]}>
          <Field label="About">
            {(attributes) => (
              <textarea
                {...attributes}
                name="description"
                rows={5}
                value={form.description}
                onChange={({ currentTarget: { value } }) => set({ description: value })}
              />
            )}
          </Field>
        </div>
      </div>
      <SaleWindows
        windows={form.windows}
        error={faults["saleWindows"] ?? faults["saleWindows.key"] ?? faults["saleWindows.allotment"]}
        onWindows={(windows) => set({ windows })}
      />
      {failed && <StaffFailure error={failed} />}
      {update.isSuccess && <Notice tone="go" title="Saved." />}
      {Object.keys(faults).length > 0 && <Notice tone="stop" title="Some fields need another look." />}
      <div className={styles["actions"]}>
        <Button
          kind={event ? "plain" : "next"}
          type="submit"
          busy={create.isPending || create.isSuccess || update.isPending}
        >
          {event ? "Save the details" : "Create the event"}
        </Button>
      </div>
    </form>
  );
}
