import type { AdminEvent } from "@onsale/contract/admin-event";
import type { AdminWaitlist } from "@onsale/contract/admin-waitlist";
import { formatFigure } from "@onsale/core/shared/format";
import { formatMoney } from "@onsale/core/shared/money";
import type { Currency } from "@onsale/core/shared/money-schema";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { moment } from "@onsale/core/shared/format";
import { listedWishWords, stateWords } from "./waitlist-words.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Section } from "../../ui/section.tsx";

type Props = {
  readonly seen: AdminWaitlist;
  readonly event: AdminEvent;
  readonly ticketTypes: readonly { readonly key: string; readonly label: string }[];
};

type Entry = AdminWaitlist["entries"][number];

/** In the order in which they are asked; the whole list is `ticketctl waitlist export`. */
export function WaitlistFans({ seen, event, ticketTypes }: Props) {
  const { entries, counts, names } = seen;
  const { waiting, offered, bought, declined, lapsed, left } = counts;
  const all = waiting + offered + bought + declined + lapsed + left;
  if (entries.length === 0)
    return (
      <EmptyState title="Nobody is on the waitlist.">
        Fans can join it once the event, or the seats they want, are gone; they stand here in the order in
        which they are asked.
      </EmptyState>
    );
  const columns: readonly TableColumn<Entry>[] = [
    { id: "fan", header: "Fan", names: true, cell: ({ email }) => email },
    {
      id: "number",
      header: "Number in the line",
      figures: true,
      cell: ({ lineNumber }) => (lineNumber === null ? "none" : formatFigure(lineNumber)),
    },
    { id: "joined", header: "Joined", cell: ({ joinedAtMs }) => moment(joinedAtMs, event.timeZone) },
    { id: "wants", header: "Wants", cell: ({ wishes }) => listedWishWords(wishes, { names, ticketTypes }) },
    {
      id: "price",
      header: "Up to, each",
      cell: ({ wishes }) => priceWords(wishes.maxPriceMinor, event.currency),
    },
    { id: "state", header: "State", cell: (entry) => stateWords(entry, event.timeZone) },
  ];
  return (
    <Section title="In the order in which they are asked">
      <DataTable label="Waitlist" columns={columns} rows={entries} keyOf={({ id }) => id} />
      {entries.length < all && (
        <p className="soft">
          The first {formatFigure(entries.length)} of {formatFigure(all)}. For all of them:{" "}
          <code>ticketctl waitlist export {event.slug} -o waitlist.csv</code>
        </p>
      )}
    </Section>
  );
}

function priceWords(maxPriceMinor: number | null, currency: Currency): string {
  return maxPriceMinor === null ? "any price" : formatMoney(maxPriceMinor, currency);
}
