"use client";

import type { AdminLayout } from "@onsale/contract/admin-layout";
import type { AdminVenue } from "@onsale/contract/venue";
import { formatFigure } from "@onsale/core/shared/format";
import { HOLD_TTL_MS_MAX, TICKETS_PER_FAN_MAX } from "@onsale/core/event/hold-limits";
import { Field } from "../../ui/field.tsx";
import { FieldGrid, WholeLine } from "../../ui/form/field-grid.tsx";
import { textField } from "../../ui/form/text-field.ts";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import type { DraftForm } from "./event-draft-form.ts";
import { CurrencyField, ZoneField } from "./list-field.tsx";
import { addressOf } from "./slug.ts";
import { VenueField } from "./venue-field.tsx";
import { WhenField } from "./when-field.tsx";

type WhenKey = "startsAt" | "doorsAt" | "endsAt" | "salesEndAt";

export type EventFieldsProps = {
  readonly form: DraftForm;
  readonly faults: FieldFaults;
  readonly set: (patch: Partial<DraftForm>) => void;
  readonly organizationId: string;
  readonly venues: readonly AdminVenue[];
  readonly layouts: readonly AdminLayout[];
  /** A new event's short name follows its title until somebody types another one. */
  readonly isNew: boolean;
  /** Published: the layout and the currency stay as they are. */
  readonly fixed: boolean;
};

/** Everything that stands in the details of an event but its sale windows. */
export function EventFields(props: EventFieldsProps) {
  const { form, faults, set, venues, isNew, fixed } = props;
  const text = textField({ form, set });
  return (
    <FieldGrid>
      <Field label="Title" error={faults["title"]}>
        {(attributes) => (
          <input
            {...attributes}
            {...text("title")}
            onChange={({ currentTarget: { value } }) =>
              set(
                isNew && form.slug === addressOf(form.title)
                  ? { title: value, slug: addressOf(value) }
                  : { title: value },
              )
            }
          />
        )}
      </Field>
      <Field
        label="Short name in the address"
        hint={isNew ? undefined : "Links with the one before go on working."}
        error={faults["slug"]}
      >
        {(attributes) => <input {...attributes} {...text("slug")} />}
      </Field>
      <Field label="Subtitle" error={faults["subtitle"]}>
        {(attributes) => <input {...attributes} {...text("subtitle")} />}
      </Field>
      <Field label="Genre" error={faults["genre"]}>
        {(attributes) => <input {...attributes} {...text("genre")} />}
      </Field>
      <VenueField
        organizationId={props.organizationId}
        venues={venues}
        value={form.venueId}
        error={faults["venueId"]}
        onVenue={(venue) => set({ venueId: venue.id, timeZone: venue.timeZone })}
      />
      <LayoutField {...props} />
      <TimeFields {...props} />
      <CurrencyField
        label="Currency"
        name="currency"
        value={form.currency}
        error={faults["currency"]}
        disabled={fixed}
        onValue={(currency) => set({ currency })}
      />
      <Field label="Seats are held for (minutes)" error={faults["holdTtlMs"]}>
        {(attributes) => (
          <input
            {...attributes}
            {...text("holdMinutes")}
            type="number"
            min={1}
            max={HOLD_TTL_MS_MAX / 60_000}
          />
        )}
      </Field>
      <Field label="Tickets per fan" error={faults["maxPerFan"]}>
        {(attributes) => (
          <input {...attributes} {...text("maxPerFan")} type="number" min={1} max={TICKETS_PER_FAN_MAX} />
        )}
      </Field>
      <WholeLine>
        <Field label="About" hint="Line breaks are kept." error={faults["description"]}>
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
      </WholeLine>
    </FieldGrid>
  );
}

function LayoutField({ form, faults, set, layouts, fixed }: EventFieldsProps) {
  return (
    <Field
      label="Seat layout"
      hint={fixed ? "Fixed since the event was published." : undefined}
      error={faults["layoutId"]}
    >
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
              {layout.name} ({formatFigure(layout.seatCount + layout.gaCapacity)} places)
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function TimeFields({ form, faults, set }: EventFieldsProps) {
  const when = (key: WhenKey) => ({
    name: key,
    value: form[key],
    timeZone: form.timeZone,
    error: faults[`${key}Ms`],
    onValue: (value: string) => set({ [key]: value }),
  });
  return (
    <>
      <WhenField label="Starts" hint={`On a clock in ${form.timeZone}.`} {...when("startsAt")} />
      <WhenField label="Doors" hint="May stay empty." {...when("doorsAt")} />
      <WhenField
        label="Ends"
        hint="Until then it is in the programme. Empty: six hours after its start."
        {...when("endsAt")}
      />
      <WhenField
        label="Online sale ends"
        hint="Empty: when it starts, or when it ends if it takes several days."
        {...when("salesEndAt")}
      />
      <ZoneField
        label="Time zone"
        name="timeZone"
        value={form.timeZone}
        error={faults["timeZone"]}
        onValue={(timeZone) => set({ timeZone })}
      />
    </>
  );
}
