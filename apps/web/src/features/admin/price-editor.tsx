"use client";

import { formatFigure } from "@onsale/core/shared/format";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { PriceList } from "@onsale/core/pricing/price-list";
import { EventId } from "@onsale/core/shared/ids";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AdminEventPage } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { useUndo } from "../../ui/toast/use-undo.ts";
import { useLayout } from "../seat-map/use-layout.ts";
import { FeeLines, TaxLines } from "./price-editor-charges.tsx";
import { changeWords, isSameList } from "./price-form-change.ts";
import { mergePrices, priceClashes } from "./price-form-merge.ts";
import {
  cellKey,
  type PriceFaults,
  type PriceForm,
  priceFormOf,
  readPrices,
  stillFaultyPrices,
  withoutType,
  withTypeAgain,
} from "./price-form.ts";
import { SaveFailure } from "./changed-meanwhile.tsx";
import { isSameForm } from "./merge-forms.ts";
import { useFirstFault } from "../../ui/form/use-first-fault.ts";
import { useUnsaved } from "../../ui/form/use-unsaved.ts";
import { withType } from "./ticket-type-form.ts";
import fit from "./price-editor.module.css";
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
  const { event } = page;
  const { currency } = event;
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const box = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState(() => priceFormOf(page.priceList, currency));
  // What the form was made from: somebody else's list may come into force while it is open.
  const [base, setBase] = useState({ form, priceList: page.priceList, version: event.priceVersion });
  const { priceList } = base;
  const [found, setFound] = useState<PriceFaults | null>(null);
  const startFrom = (list: PriceList, version: number, keepMine: boolean) => {
    const now = priceFormOf(list, currency);
    setForm(keepMine ? mergePrices({ base: base.form, mine: form, theirs: now }) : now);
    setBase({ form: now, priceList: list, version });
  };
  const publish = useMutation(
    trpc.admin.events.publishPrices.mutationOptions({
      onSuccess: ({ version }, published) => {
        startFrom(PriceList.parse(published.priceList), version, false);
        router.refresh();
      },
    }),
  );
  const set = (patch: Partial<PriceForm>) => {
    publish.reset();
    setForm((before) => ({ ...before, ...patch }));
  };
  const read = readPrices(form, { plan, currency, before: priceList });
  const list = "list" in read ? read.list : null;
  const unchanged = list !== null && priceList !== null && isSameList(priceList, list);
  const faults = found && stillFaultyPrices(found, read);
  useFirstFault(box, found?.cells.size ? found : NOTHING);
  useUnsaved(
    !unchanged && !isSameForm(form, base.form),
    "These prices are not published. Leave all the same?",
  );
  const goOnFrom = (theirs: AdminEventPage, keepMine: boolean) => {
    if (theirs.priceList) startFrom(theirs.priceList, theirs.event.priceVersion, keepMine);
    publish.reset();
    router.refresh();
  };
  const submit = () => {
    setFound("faults" in read ? read : null);
    if (list) publish.mutate({ eventId: EventId.parse(event.id), version: base.version, priceList: list });
  };
  return (
    <div ref={box} className={fit["parts"]}>
      <PriceCells form={form} set={set} plan={plan} currency={currency} bad={faults?.cells ?? NONE} />
      <FeeLines form={form} set={set} currency={currency} />
      <TaxLines form={form} set={set} />
      {priceList && <KeptWords priceList={priceList} />}
      {faults?.faults.map((fault) => (
        <Notice key={fault} tone="stop" title={fault} />
      ))}
      {publish.isError && (
        <SaveFailure
          error={publish.error}
          timeZone={event.timeZone}
          load={() =>
            queries.fetchQuery(trpc.admin.events.get.queryOptions({ idOrSlug: event.id }, { staleTime: 0 }))
          }
          differences={(theirs) =>
            priceClashes(plan, theirs.priceList, { base: base.form, mine: form, currency })
          }
          onTheirs={(theirs) => goOnFrom(theirs, false)}
          onMine={(theirs) => goOnFrom(theirs, true)}
        />
      )}
      {list && priceList && !unchanged && (
        <output className={styles["sub"]}>{changeWords(plan, priceList, list).join(" ")}</output>
      )}
      <div className={styles["actions"]}>
        <Button
          kind={base.version === 0 ? "next" : "plain"}
          busy={publish.isPending}
          disabled={unchanged}
          onClick={submit}
        >
          {base.version === 0 ? "Publish these prices" : `Publish as version ${base.version + 1}`}
        </Button>
        {base.version > 0 && (
          <p className={styles["sub"]}>
            Version {base.version} is in force.{unchanged && " Nothing above differs from it."} Seats already
            held keep the price they were held at.
          </p>
        )}
      </div>
    </div>
  );
}

const NONE: ReadonlySet<string> = new Set();
const NOTHING = {};

/** What this page does not change and every new version takes over. */
function KeptWords({ priceList }: { priceList: PriceList }) {
  const own = priceList.seatPrices.length;
  return own === 0 ? null : (
    <p className={styles["sub"]}>
      {own === 1
        ? "One seat has a price of its own, which is kept as it is."
        : `${formatFigure(own)} seats have prices of their own, which are kept as they are.`}
    </p>
  );
}

type Category = SeatPlan["categories"][number];

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
  const [fault, setFault] = useState<string | null>(null);
  const addType = () => {
    const added = withType(form.types, newType);
    setFault("fault" in added ? added.fault : null);
    if ("fault" in added) return;
    set({ types: added.types });
    setNewType("");
  };
  const undo = useUndo(form);
  const removeType = (key: string, label: string) => {
    set(withoutType(form, key));
    undo(`${label} was taken out.`, (now) => set(withTypeAgain(now, form, key)));
  };
  const columns: readonly TableColumn<Category>[] = [
    { id: "category", header: "Category", names: true, cell: ({ label }) => label },
    ...form.types.map((type): TableColumn<Category> => ({
      id: type.key,
      header: type.label,
      figures: true,
      cell: (category) => {
        const key = cellKey(category.key, type.key);
        return (
          <input
            className={styles["cell"]}
            inputMode="decimal"
            aria-label={`${category.label}, ${type.label}, ${currency}`}
            aria-invalid={bad.has(key) || undefined}
            placeholder="not sold"
            value={form.cells[key] ?? ""}
            onChange={({ currentTarget: { value } }) => set({ cells: { ...form.cells, [key]: value } })}
          />
        );
      },
    })),
  ];
  return (
    <>
      <DataTable
        label={`Prices in ${currency} by category and ticket type`}
        columns={columns}
        rows={plan.categories}
        keyOf={({ key }) => key}
      />
      <div className={styles["actions"]}>
        <input
          className={styles["text"]}
          aria-label="Name of a new ticket type"
          placeholder="Child, VIP, ..."
          value={newType}
          onChange={({ currentTarget: { value } }) => setNewType(value)}
        />
        <Button onClick={addType}>Add a ticket type</Button>
        {form.types.length > 1 &&
          form.types.map(({ key, label }) => (
            <Button key={key} kind="quiet" onClick={() => removeType(key, label)}>
              Remove {label}
            </Button>
          ))}
      </div>
      {fault && <Notice tone="stop" title={fault} />}
    </>
  );
}
