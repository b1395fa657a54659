"use client";

import type { AdminEventPage } from "@onsale/contract/admin-event";
import type { Locale } from "@onsale/core/shared/locale";
import { formatFigure } from "@onsale/core/shared/format";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { PriceList } from "@onsale/core/pricing/price-list";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FormShell } from "../../ui/form/form-shell.tsx";
import { useForm } from "../../ui/form/use-form.ts";
import { Notice } from "../../ui/notice.tsx";
import { Section } from "../../ui/section.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useLayout } from "../seat-map/use-layout.ts";
import { SaveFailure } from "./changed-meanwhile.tsx";
import { PriceCells } from "./price-cells.tsx";
import { FeeLines, TaxLines } from "./price-editor-charges.tsx";
import { changeWords, isSameList } from "./price-form-change.ts";
import { mergePrices, priceClashes } from "./price-form-merge.ts";
import { type PriceForm, priceFormOf, type PriceRead, readPrices } from "./price-form.ts";

export function PriceEditor({ page }: { page: AdminEventPage }) {
  return (
    <Section title="Prices">
      {page.layoutHash === null ? (
        <EmptyState title="Prices follow the price levels of a seat layout.">
          Choose a layout in the details below and save them; then each price level has its prices here.
        </EmptyState>
      ) : (
        <WithPlan page={page} layoutHash={page.layoutHash} />
      )}
    </Section>
  );
}

function WithPlan({ page, layoutHash }: { page: AdminEventPage; layoutHash: string }) {
  const layout = useLayout(layoutHash);
  if (layout.isError) return <Notice tone="stop" title="The layout could not be loaded." />;
  return layout.data ? (
    <PriceTable page={page} plan={layout.data.plan} />
  ) : (
    <Skeleton label="Loading the price levels." shape="rows" />
  );
}

function PriceTable({ page, plan }: { page: AdminEventPage; plan: SeatPlan }) {
  const { event } = page;
  const { currency } = event;
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  // What the form was made from: somebody else's list may come into force while it is open.
  const [priceList, setPriceList] = useState(page.priceList);
  const read = (form: PriceForm, locale: Locale) =>
    readPrices(form, { plan, currency, before: priceList, locale });
  const draft = useForm(
    () => ({ form: priceFormOf(page.priceList, currency), version: event.priceVersion }),
    { faultsOf: (form, locale) => faultsIn(read(form, locale)), merge: mergePrices },
  );
  const { form, shell, version } = draft;
  const publish = useMutation(
    trpc.admin.events.publishPrices.mutationOptions({
      onSuccess: (published, { priceList: sent }) => {
        const list = PriceList.parse(sent);
        draft.start({ form: priceFormOf(list, currency), version: published.version });
        setPriceList(list);
        router.refresh();
      },
    }),
  );
  const fields = {
    form,
    faults: shell.faults,
    currency,
    set: (patch: Partial<PriceForm>) => {
      publish.reset();
      draft.set(patch);
    },
  };
  const typed = read(form, draft.locale);
  const list = "list" in typed ? typed.list : null;
  const unchanged = list !== null && priceList !== null && isSameList(priceList, list);
  const goOnFrom = (theirs: AdminEventPage, keepMine: boolean) => {
    if (theirs.priceList) {
      const now = { form: priceFormOf(theirs.priceList, currency), version: theirs.event.priceVersion };
      draft.goOnFrom(now, keepMine);
      setPriceList(theirs.priceList);
    }
    publish.reset();
    router.refresh();
  };
  const submit = () => {
    draft.tell(faultsIn(typed));
    if (list && !unchanged) publish.mutate({ eventId: event.id, version, priceList: list });
  };
  return (
    <FormShell
      {...shell}
      onSubmit={submit}
      unsaved={shell.unsaved && !unchanged}
      question="These prices are not published. Leave all the same?"
      saved={null}
      failure={
        publish.isError && (
          <SaveFailure
            error={publish.error}
            timeZone={event.timeZone}
            load={() =>
              queries.fetchQuery(trpc.admin.events.get.queryOptions({ idOrSlug: event.id }, { staleTime: 0 }))
            }
            differences={(theirs) =>
              priceClashes(plan, theirs.priceList, { base: draft.base, mine: form, currency })
            }
            onTheirs={(theirs) => goOnFrom(theirs, false)}
            onMine={(theirs) => goOnFrom(theirs, true)}
          />
        )
      }
      action={
        <>
          <Button
            kind={version === 0 ? "next" : "plain"}
            // Fans pay these prices at once, so Enter in a field is not enough.
            onClick={submit}
            busy={publish.isPending}
            disabled={unchanged}
          >
            {version === 0 ? "Publish these prices" : `Publish as version ${version + 1}`}
          </Button>
          {version > 0 && (
            <p className="soft">
              Version {version} is in force.{unchanged && " Nothing above differs from it."} Seats already
              held keep the price they were held at.
            </p>
          )}
        </>
      }
    >
      <PriceCells {...fields} plan={plan} />
      <FeeLines {...fields} />
      <TaxLines {...fields} />
      {priceList && <KeptWords priceList={priceList} />}
      {list && priceList && !unchanged && (
        <output className="soft">{changeWords(plan, priceList, list).join(" ")}</output>
      )}
    </FormShell>
  );
}

const faultsIn = (read: PriceRead) => ("faults" in read ? read.faults : {});

/** What this page does not change and every new version takes over. */
function KeptWords({ priceList }: { priceList: PriceList }) {
  const own = priceList.seatPrices.length;
  return own === 0 ? null : (
    <p className="soft">
      {own === 1
        ? "One seat has a price of its own, which is kept as it is."
        : `${formatFigure(own)} seats have prices of their own, which are kept as they are.`}
    </p>
  );
}
