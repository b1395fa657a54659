"use client";

import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import type { PriceList } from "@onsale/core/pricing/price-list";
import { useMemo } from "react";
import { Notice } from "../../ui/notice.tsx";
import { Section } from "../../ui/section.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { stateWords } from "../choose/seat-facts.ts";
import { MapKey } from "../choose/legend.tsx";
import type { MapModel } from "../seat-map/map-model.ts";
import { levelByCategory, priceLevels } from "../seat-map/price-levels.ts";
import { useLayout } from "../seat-map/use-layout.ts";
import { useLiveStock } from "../seat-map/use-live-stock.ts";
import { StillMap } from "./still-map.tsx";
import styles from "./plan.module.css";

/** The plan as fans see it now; read only. */
export function LivePlan({
  eventId,
  layoutHash,
  priceList,
}: {
  eventId: string;
  layoutHash: string;
  priceList: PriceList | null;
}) {
  const layout = useLayout(layoutHash);
  return (
    <Section title="The plan now">
      <div className={styles["live"]}>
        {layout.data && <StockOnPlan eventId={eventId} priceList={priceList} {...layout.data} />}
        {layout.isPending && <Skeleton label="Loading the plan." shape="box" />}
        {layout.isError && <Notice tone="stop" title="The layout could not be loaded." />}
      </div>
      <MapKey />
    </Section>
  );
}

function StockOnPlan({
  eventId,
  priceList,
  plan,
  model,
}: {
  eventId: string;
  priceList: PriceList | null;
  plan: SeatPlan;
  model: MapModel;
}) {
  const live = useLiveStock(eventId, plan);
  const levelOf = useMemo(
    () =>
      levelByCategory(
        priceLevels(
          plan.categories,
          (priceList?.prices ?? []).map((price) => ({
            category: price.category,
            allInMinor: price.amountMinor,
          })),
        ),
      ),
    [plan, priceList],
  );
  return (
    <StillMap
      {...{ plan, model, live, levelOf }}
      noteOf={(seatNo) => stateWords(live.stock.states[seatNo], false) ?? "Free"}
    />
  );
}
