import type { DraftForm } from "./event-draft-form.ts";
import { shownTime } from "./local-time.ts";

/** Names of fields as the form has them, by the form's own names and by those of the event. */
const LABELS: Readonly<Record<string, string>> = {
  title: "Title",
  slug: "Short name in the address",
  subtitle: "Subtitle",
  genre: "Genre",
  description: "About",
  venueId: "Venue",
  layoutId: "Seat layout",
  timeZone: "Time zone",
  currency: "Currency",
  startsAt: "Starts",
  doorsAt: "Doors",
  endsAt: "Ends",
  salesEndAt: "Online sale ends",
  holdMinutes: "Seats are held for",
  holdTtlMs: "Seats are held for",
  maxPerFan: "Tickets per fan",
  windows: "Sale windows",
  saleWindows: "Sale windows",
};

export const fieldLabel = (field: string): string =>
  LABELS[field] ?? LABELS[field.replace(/Ms$/, "")] ?? field;

/** What a field holds, for a look at both sides. */
export function fieldText(form: DraftForm, field: keyof DraftForm): string {
  if (field !== "windows")
    return field.endsWith("At") ? shownTime(form[field]).replace("T", " ") : form[field];
  return form.windows
    .map(({ label, opensAt, closesAt }) =>
      `${label}: ${shownTime(opensAt)} to ${shownTime(closesAt)}`.replaceAll("T", " "),
    )
    .join("; ");
}
