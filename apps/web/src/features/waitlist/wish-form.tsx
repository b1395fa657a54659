"use client";

import type { WaitlistWishes } from "@onsale/core/waitlist/waitlist";
import type { WaitView } from "@onsale/contract/waitlist";
import type { EventPage, SaleMap } from "@onsale/contract/event";
import { formatMoney, parseMoney } from "@onsale/core/shared/money";
import { type FormEvent, useState } from "react";
import { useLocale } from "../locale/locale-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { useFieldFaults } from "../../ui/use-field-faults.ts";
import { standingWords } from "../selection/place-of.ts";
import { Check } from "../../ui/check.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useLayout } from "../seat-map/use-layout.ts";
import styles from "./waitlist.module.css";

/** What a fan waits for; nothing ticked means anything is fine. */
export function WishForm({
  event,
  map,
  known,
  busy,
  onWishes,
}: {
  event: EventPage;
  map: SaleMap;
  known: WaitView["wishes"] | null;
  busy: boolean;
  onWishes: (wishes: WaitlistWishes) => void;
}) {
  const { faults, isFine, onInput } = useFieldFaults((form) => ({
    maxPrice:
      mostOf(form, event.currency) === "not an amount"
        ? `An amount in ${event.currency}, such as 80 or 80.50.`
        : undefined,
  }));
  const [quantity, setQuantity] = useState(known?.quantity ?? Math.min(2, event.maxPerFan));
  const [ticketType, setTicketType] = useState(known?.ticketType ?? map.ticketTypes[0]?.key ?? "");

  function submit(submitted: FormEvent<HTMLFormElement>) {
    submitted.preventDefault();
    const form = new FormData(submitted.currentTarget);
    const maxPriceMinor = mostOf(form, event.currency);
    if (!isFine(form) || maxPriceMinor === "not an amount") return;
    onWishes({
      quantity,
      ticketType,
      together: quantity === 1 || form.get("apart") === null,
      categories: form.getAll("level").map(String),
      // A list that was never opened keeps what was chosen before.
      sections:
        form.get("sectionsShown") === null
          ? [...(known?.sections ?? [])]
          : form.getAll("section").map(String),
      maxPriceMinor,
    });
  }

  return (
    <form method="post" onSubmit={submit} onInput={onInput} className={styles["form"]} noValidate>
      <div className={styles["row"]}>
        <Field label="How many">
          {(control) => (
            <select
              {...control}
              value={quantity}
              onChange={({ target }) => setQuantity(Number(target.value))}
            >
              {Array.from({ length: event.maxPerFan }, (_, at) => (
                <option key={at}>{at + 1}</option>
              ))}
            </select>
          )}
        </Field>
        {map.ticketTypes.length > 1 && (
          <Field label="Ticket type">
            {(control) => (
              <select {...control} value={ticketType} onChange={({ target }) => setTicketType(target.value)}>
                {map.ticketTypes.map(({ key, label }) => (
                  <option key={key} value={key}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
      {quantity > 1 && (
        <Check name="apart" defaultChecked={known?.together === false}>
          We may sit apart if there is nothing else
        </Check>
      )}
      <Levels event={event} map={map} ticketType={ticketType} chosen={known?.categories ?? []} />
      <Sections layoutHash={map.layoutHash} chosen={known?.sections ?? []} />
      <Field
        label="Most you would pay for one ticket"
        hint={`In ${event.currency}, with fees and taxes. Leave it empty for any price.`}
        error={faults["maxPrice"]}
      >
        {(control) => (
          <input
            {...control}
            name="maxPrice"
            inputMode="decimal"
            autoComplete="off"
            defaultValue={priceText(known?.maxPriceMinor ?? null, event.currency)}
          />
        )}
      </Field>
      <div className={styles["actions"]}>
        <Button type="submit" kind={known === null ? "next" : "plain"} busy={busy}>
          {known === null ? "Join the waitlist" : "Save"}
        </Button>
      </div>
    </form>
  );
}

function Levels({
  event,
  map,
  ticketType,
  chosen,
}: {
  event: EventPage;
  map: SaleMap;
  ticketType: string;
  chosen: readonly string[];
}) {
  const locale = useLocale();
  const prices = map.prices.filter((price) => price.ticketType === ticketType);
  const labels = new Map(map.categories.map(({ key, label }) => [key, label]));
  return (
    <fieldset className={styles["set"]}>
      <legend>Price levels</legend>
      <p className={styles["small"]}>None ticked: any.</p>
      {prices.map(({ category, allInMinor }) => (
        <Check key={category} name="level" value={category} defaultChecked={chosen.includes(category)}>
          <span>{labels.get(category)}</span>
          <span className={styles["price"]}>{formatMoney(allInMinor, event.currency, locale)}</span>
        </Check>
      ))}
    </fieldset>
  );
}

function Sections({ layoutHash, chosen }: { layoutHash: string; chosen: readonly string[] }) {
  const [shown, setShown] = useState(false);
  return (
    <details
      className={styles["change"]}
      onToggle={({ currentTarget }) => currentTarget.open && setShown(true)}
    >
      <summary>
        {chosen.length > 0 ? `Only some sections (${chosen.length} chosen)` : "Only some sections"}
      </summary>
      {shown && <SectionChoice layoutHash={layoutHash} chosen={chosen} />}
    </details>
  );
}

/** The names of sections are in the layout, which is worth fetching only for those who choose among them. */
function SectionChoice({ layoutHash, chosen }: { layoutHash: string; chosen: readonly string[] }) {
  const { data } = useLayout(layoutHash);
  if (!data) return <Skeleton label="Fetching the sections." shape="rows" />;
  return (
    <fieldset className={styles["sections"]}>
      <legend className="visually-hidden">Sections</legend>
      <input type="hidden" name="sectionsShown" value="1" />
      {data.plan.sections.map(({ key, label }, index) => (
        <Check key={key} name="section" value={key} defaultChecked={chosen.includes(key)}>
          {label}
          {data.plan.areas.some(({ section }) => section === index) && standingWords(label)}
        </Check>
      ))}
    </fieldset>
  );
}

/** The most that one ticket may cost, as typed; null: any price. */
function mostOf(form: FormData, currency: string): number | null | "not an amount" {
  const typed = formText(form, "maxPrice").trim().replace(",", ".");
  if (typed === "") return null;
  const minor = parseMoney(typed, currency);
  return minor === null || minor < 0 ? "not an amount" : minor;
}

/** As it would be typed: "80.50". */
function priceText(minor: number | null, currency: string): string {
  return minor === null ? "" : formatMoney(minor, currency).replace(/[^\d.]/g, "");
}
