"use client";

import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import type { PriceList } from "@onsale/core/pricing/price-list";
import { EventId } from "@onsale/core/shared/ids";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AdminEventPage } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useLayout } from "../seat-map/use-layout.ts";
import { slugOf } from "./local-time.ts";
import { FeeLines, TaxLines } from "./price-editor-charges.tsx";
import { changeWords, isSameList } from "./price-form-change.ts";
import { cellKey, type PriceForm, priceFormOf, readPrices } from "./price-form.ts";
import { StaffFailure } from "./staff-failure.tsx";
import styles from "./portal.module.css";

export function PriceEditor({ page }: { page: AdminEventPage }) {
  return (
    <section className={styles["section"]} aria-labelledby="prices-title">
      <h2 id="prices-title">Prices</h2>
      {page.layoutHash === null ? (
        <p className={styles["sub"]}>
          Prices follow the categories of a seat layout. Choose one below and save.
        </p>
      ) : (
        <WithPlan page={page} layoutHash={page.layoutHash} />
      )}
    </section>
  );
}

function WithPlan({ page, layoutHash }: { page: AdminEventPage; layoutHash: string }) {
  const layout = useLayout(layoutHash);
  if (layout.isError) return <Notice tone="stop" title="The layout could not be loaded." />;
  return layout.data ? (
    <PriceTable page={page} plan={layout.data.plan} />
  ) : (
    <output>Loading the categories.</output>
  );
}

function PriceTable({ page, plan }: { page: AdminEventPage; plan: SeatPlan }) {
  const { event, priceList } = page;
  const { currency } = event;
  const trpc = useTRPC();
  const router = useRouter();
  const [form, setForm] = useState(() => priceFormOf(priceList, currency));
  const [version, setVersion] = useState(event.priceVersion);
  const [tried, setTried] = useState(false);
  const publish = useMutation(
    trpc.admin.events.publishPrices.mutationOptions({
      onSuccess: (published) => {
        setVersion(published.version);
        router.refresh();
      },
    }),
  );
  const set = (patch: Partial<PriceForm>) => {
    setTried(false);
    publish.reset();
    setForm({ ...form, ...patch });
  };
  const read = readPrices(form, { plan, currency, before: priceList });
  const list = "list" in read ? read.list : null;
  const unchanged = list !== null && priceList !== null && isSameList(priceList, list);
  const submit = () => {
    setTried(true);
    if (list) publish.mutate({ eventId: EventId.parse(event.id), version, priceList: list });
  };
  return (
    <>
      <PriceCells
        form={form}
        set={set}
        plan={plan}
        currency={currency}
        bad={tried && "cells" in read ? read.cells : NONE}
      />
      <FeeLines form={form} set={set} currency={currency} />
      <TaxLines form={form} set={set} />
      {priceList && <KeptWords priceList={priceList} />}
      {tried &&
        "faults" in read &&
        read.faults.map((fault) => <Notice key={fault} tone="stop" title={fault} />)}
      {publish.isError && <StaffFailure error={publish.error} />}
      {list && priceList && !unchanged && (
        <output className={styles["sub"]}>{changeWords(plan, priceList, list).join(" ")}</output>
      )}
      <div className={styles["actions"]}>
        <Button
          kind={event.priceVersion === 0 ? "next" : "plain"}
          busy={publish.isPending}
          disabled={unchanged}
          onClick={submit}
        >
          {event.priceVersion === 0 ? "Publish these prices" : `Publish as version ${event.priceVersion + 1}`}
        </Button>
        {event.priceVersion > 0 && (
          <p className={styles["sub"]}>
            Version {event.priceVersion} is in force.{unchanged && " Nothing above differs from it."} Seats
            already held keep the price they were held at.
          </p>
        )}
      </div>
    </>
  );
}

const NONE: ReadonlySet<string> = new Set();

/** What this page does not change and every new version takes over. */
function KeptWords({ priceList }: { priceList: PriceList }) {
  const own = priceList.seatPrices.length;
  return own === 0 ? null : (
    <p className={styles["sub"]}>
      {own === 1
        ? "One seat has a price of its own, which is kept as it is."
        : `${own.toLocaleString("en")} seats have prices of their own, which are kept as they are.`}
    </p>
  );
}

function PriceCells({
  form,
  set,
  plan,
  currency,
  bad,
}: {
  form: PriceForm;
  set: (patch: Partial<PriceForm>) => void;
  plan: SeatPlan;
  currency: string;
  bad: ReadonlySet<string>;
}) {
  const [newType, setNewType] = useState("");
  const addType = () => {
    const key = slugOf(newType).slice(0, 40);
    if (key === "" || form.types.some((type) => type.key === key)) return;
    set({ types: [...form.types, { key, label: newType.trim() }] });
    setNewType("");
  };
  return (
    <>
      <div className={styles["scroll"]}>
        <table className={styles["table"]}>
          <caption className="visually-hidden">Prices in {currency} by category and ticket type</caption>
          <thead>
            <tr>
              <th scope="col">Category</th>
              {form.types.map((type) => (
                <th key={type.key} scope="col" className={styles["number"]}>
                  {type.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plan.categories.map((category) => (
              <tr key={category.key}>
                <th scope="row">{category.label}</th>
                {form.types.map((type) => {
                  const key = cellKey(category.key, type.key);
                  return (
                    <td key={type.key} className={styles["number"]}>
                      <input
                        className={styles["cell"]}
                        inputMode="decimal"
                        aria-label={`${category.label}, ${type.label}, ${currency}`}
                        aria-invalid={bad.has(key) || undefined}
                        placeholder="not sold"
                        value={form.cells[key] ?? ""}
                        onChange={({ currentTarget: { value } }) =>
                          set({ cells: { ...form.cells, [key]: value } })
                        }
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles["actions"]}>
        <input
          className={styles["text"]}
          aria-label="Name of a new ticket type"
          placeholder="Child, VIP, ..."
          value={newType}
          onChange={({ currentTarget: { value } }) => setNewType(value)}
        />
        <Button onClick={addType}>Add a ticket type</Button>
      </div>
    </>
  );
}
