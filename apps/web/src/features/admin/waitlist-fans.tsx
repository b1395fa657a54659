import type { AdminEvent } from "@onsale/contract/admin-event";
import type { AdminWaitlist } from "@onsale/contract/admin-waitlist";
import { WaitlistStand } from "@onsale/core/waitlist/waitlist";
import { formatFigure } from "@onsale/core/shared/format";
import { formatMoney } from "@onsale/core/shared/money";
import type { Currency } from "@onsale/core/shared/money-schema";
import { FilterChoice, FilterText, ListFilter, NothingFits } from "../../ui/table/list-filter.tsx";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { moment } from "@onsale/core/shared/format";
import { listedWishWords, STAND_WORDS, stateWords } from "./waitlist-words.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Section } from "../../ui/section.tsx";

export type WaitlistParams = Readonly<Record<"q" | "stand", string>>;

const FILTERS = ["q", "stand"] as const;

type Props = {
  /** From the address: what the list is narrowed by. */
  readonly params: WaitlistParams;
  readonly seen: AdminWaitlist;
  readonly event: AdminEvent;
  readonly ticketTypes: readonly { readonly key: string; readonly label: string }[];
};

type Entry = AdminWaitlist["entries"][number];

/** In the order in which they are asked; the whole list is `ticketctl waitlist export`. */
export function WaitlistFans({ seen, event, ticketTypes, params }: Props) {
  const { entries, total, counts, names } = seen;
  const { waiting, offered, bought, declined, lapsed, left } = counts;
  const narrows = { path: `/admin/events/${event.id}/waitlist`, params, filters: FILTERS };
  if (waiting + offered + bought + declined + lapsed + left === 0)
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
      <ListFilter {...narrows}>
        <FilterText label="E-mail" value={params.q} />
        <FilterChoice
          label="State"
          name="stand"
          value={params.stand}
          all="Every state"
          options={WaitlistStand.options.map((stand) => [
            stand,
            `${STAND_WORDS[stand]} (${formatFigure(counts[stand])})`,
          ])}
        />
      </ListFilter>
      {entries.length === 0 && <NothingFits {...narrows} nouns="fans" />}
      {entries.length > 0 && (
        <DataTable label="Waitlist" columns={columns} rows={entries} keyOf={({ id }) => id} />
      )}
      {entries.length < total && (
        <p className="soft">
          The first {formatFigure(entries.length)} of {formatFigure(total)}. For all of them:{" "}
          <code>ticketctl waitlist export {event.slug} -o waitlist.csv</code>
        </p>
      )}
    </Section>
  );
}

function priceWords(maxPriceMinor: number | null, currency: Currency): string {
  return maxPriceMinor === null ? "any price" : formatMoney(maxPriceMinor, currency);
}
