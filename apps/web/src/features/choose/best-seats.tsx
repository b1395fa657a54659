"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Check } from "../../ui/check.tsx";
import { formText } from "../../ui/form-text.ts";
import { readKeptWish } from "./kept-wish.ts";
import type { Sale } from "./sale-context.ts";
import type { Selection } from "./use-selection.ts";
import styles from "./selection-panel.module.css";

/** For those who would rather have good seats found than look for them. */
export function BestSeats({ sale, selection }: { sale: Sale; selection: Selection }) {
  const id = useId();
  const [kept] = useState(() => readKeptWish(sale.event.id));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const level = formText(form, "level");
    selection.askForBest({
      quantity: Number(formText(form, "quantity")),
      ticketType: typeFor(sale, level),
      ...(level === "" ? {} : { categories: [level] }),
      ...(form.get("accessible") === null ? {} : { accessible: true }),
    });
  };
  return (
    <details className={styles["best"]} open>
      <summary>Or let us find the best together</summary>
      <form method="post" onSubmit={submit}>
        <div className={styles["bestFields"]}>
          <label htmlFor={`${id}-quantity`}>How many</label>
          <select
            id={`${id}-quantity`}
            name="quantity"
            defaultValue={Math.min(kept?.quantity ?? 2, sale.event.maxPerFan)}
            className={styles["types"]}
          >
            {Array.from({ length: sale.event.maxPerFan }, (_, at) => (
              <option key={at}>{at + 1}</option>
            ))}
          </select>
          <label htmlFor={`${id}-level`}>Price level</label>
          <select
            id={`${id}-level`}
            name="level"
            defaultValue={kept?.level ?? ""}
            className={styles["types"]}
          >
            <option value="">Any</option>
            {sale.levels
              .filter((level) => level.fromMinor !== null)
              .map(({ category }) => (
                <option key={category} value={sale.plan.categories[category]?.key}>
                  {sale.plan.categories[category]?.label}
                </option>
              ))}
          </select>
        </div>
        <Check name="accessible" defaultChecked={kept?.accessible}>
          With a wheelchair place
        </Check>
        <Button type="submit" busy={selection.busy}>
          Find and hold seats
        </Button>
      </form>
    </details>
  );
}

/** The first ticket type that is sold in this price level; "" is any level. */
function typeFor({ priceList }: Sale, level: string): string {
  const isSold = (ticketType: string) =>
    priceList.prices.some(
      (price) => price.ticketType === ticketType && (level === "" || price.category === level),
    );
  const keys = priceList.ticketTypes.map(({ key }) => key);
  return keys.find(isSold) ?? keys[0] ?? "";
}
