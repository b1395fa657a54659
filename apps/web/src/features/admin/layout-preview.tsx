"use client";

import { seatWords } from "@onsale/core/layout/place-name";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { useMemo, useState } from "react";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { capital } from "../choose/seat-facts.ts";
import { makeLiveStock } from "../seat-map/live-stock.ts";
import type { MapModel } from "../seat-map/map-model.ts";
import { levelByCategory, priceLevels } from "../seat-map/price-levels.ts";
import { SeatMap } from "../seat-map/seat-map.tsx";
import { loadSnapshot } from "../seat-map/seat-stock.ts";
import { useLayout } from "../seat-map/use-layout.ts";
import styles from "./plan.module.css";

const NO_MARKS = { yours: new Set<number>(), offered: new Set<number>() };

/** A layout as fans will see it, with every place free. */
export function LayoutPreview({ layoutHash }: { layoutHash: string }) {
  const layout = useLayout(layoutHash);
  if (layout.isError) return <Notice tone="stop" title="The layout could not be loaded." />;
  return (
    <div className={styles["preview"]}>
      {layout.data ? <Preview {...layout.data} /> : <Skeleton label="Loading the layout." shape="box" />}
    </div>
  );
}

function Preview({ plan, model }: { plan: SeatPlan; model: MapModel }) {
  const [live] = useState(() => emptyPlan(plan));
  const levelOf = useMemo(() => levelByCategory(priceLevels(plan.categories, [])), [plan]);
  return (
    <SeatMap
      model={model}
      live={live}
      levelOf={levelOf}
      shown={null}
      marks={NO_MARKS}
      describe={(seatNo) => ({
        title: capital(seatWords(plan, seatNo)),
        level: plan.categories[plan.category[seatNo] ?? -1]?.label ?? "",
        prices: [],
        notes: [plan.seatIds[seatNo] ?? ""],
      })}
      onSeat={() => undefined}
      onArea={() => undefined}
    />
  );
}

function emptyPlan(plan: SeatPlan) {
  const live = makeLiveStock(plan, {
    fetchSnapshot: () => Promise.reject(new Error("a preview has no stock")),
    wait: () => Promise.resolve(),
  });
  loadSnapshot(plan, live.stock, {
    id: "0-0",
    seats: new Uint8Array(plan.seatCount),
    areas: plan.areas.map((area, areaNo) => ({ areaNo, capacity: area.capacity, free: area.capacity })),
  });
  return live;
}
