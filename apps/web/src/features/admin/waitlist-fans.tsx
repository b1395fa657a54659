import { formatFigure } from "@onsale/core/shared/format";
import { formatMoney } from "@onsale/core/shared/money";
import type { Currency } from "@onsale/core/shared/money-schema";
import type { AdminEvent, WaitlistSeen } from "../../trpc/types.ts";
import { moment } from "@onsale/core/shared/format";
import { listedWishWords, stateWords } from "./waitlist-words.ts";
import styles from "./portal.module.css";

type Props = {
  readonly seen: WaitlistSeen;
  readonly event: AdminEvent;
  readonly ticketTypes: readonly { readonly key: string; readonly label: string }[];
};

/** In the order in which they are asked; the whole list is `ticketctl waitlist export`. */
export function WaitlistFans({ seen, event, ticketTypes }: Props) {
  const { entries, counts, names } = seen;
  const { waiting, offered, bought, declined, lapsed, left } = counts;
  const all = waiting + offered + bought + declined + lapsed + left;
  if (entries.length === 0)
    return (
      <p className={styles["sub"]}>
        Nobody is on the waitlist. Fans can join it once the event, or the seats they want, are gone.
      </p>
    );
  return (
    <section className={styles["section"]} aria-labelledby="fans">
      <h2 id="fans">In the order in which they are asked</h2>
      <div className={styles["scroll"]}>
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">Fan</th>
              <th scope="col" className={styles["number"]}>
                Number in the line
              </th>
              <th scope="col">Joined</th>
              <th scope="col">Wants</th>
              <th scope="col">Up to, each</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <th scope="row">{entry.email}</th>
                <td className={styles["number"]}>
                  {entry.lineNumber === null ? "none" : formatFigure(entry.lineNumber)}
                </td>
                <td>{moment(entry.joinedAtMs, event.timeZone)}</td>
                <td>{listedWishWords(entry.wishes, { names, ticketTypes })}</td>
                <td>{priceWords(entry.wishes.maxPriceMinor, event.currency)}</td>
                <td>{stateWords(entry, event.timeZone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {entries.length < all && (
        <p className={styles["sub"]}>
          The first {formatFigure(entries.length)} of {formatFigure(all)}. For all of them:{" "}
          <code className={styles["path"]}>ticketctl waitlist export {event.slug} -o waitlist.csv</code>
        </p>
      )}
    </section>
  );
}

function priceWords(maxPriceMinor: number | null, currency: Currency): string {
  return maxPriceMinor === null ? "any price" : formatMoney(maxPriceMinor, currency);
}
