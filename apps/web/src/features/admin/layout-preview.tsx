"use client";

import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { useMemo, useState } from "react";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { makeLiveStock } from "../seat-map/live-stock.ts";
import type { MapModel } from "../seat-map/map-model.ts";
import { levelByCategory, priceLevels } from "../seat-map/price-levels.ts";
import { loadSnapshot } from "../seat-map/seat-stock.ts";
import { useLayout } from "../seat-map/use-layout.ts";
import { StillMap } from "./still-map.tsx";
import styles from "./plan.module.css";

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
  return <StillMap {...{ plan, model, live, levelOf }} noteOf={(seatNo) => plan.seatIds[seatNo] ?? ""} />;
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
