import { seatWords } from "@onsale/core/layout/place-name";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import type { ComponentProps } from "react";
import { capital } from "../choose/seat-facts.ts";
import { SeatMap } from "../seat-map/seat-map.tsx";

const NO_MARKS = { yours: new Set<number>(), offered: new Set<number>() };
type Props = Pick<ComponentProps<typeof SeatMap>, "model" | "live" | "levelOf"> & {
  readonly plan: SeatPlan;
  /** What is said of a seat beside its place and its level. */
  readonly noteOf: (seatNo: number) => string;
};

/** A map to look at: nothing on it is sold, and no price stands beside a seat. */
export function StillMap({ plan, noteOf, ...map }: Props) {
  return (
    <SeatMap
      {...map}
      shown={null}
      marks={NO_MARKS}
      describe={(seatNo) => ({
        title: capital(seatWords(plan, seatNo)),
        level: plan.categories[plan.category[seatNo] ?? -1]?.label ?? "",
        prices: [],
        notes: [noteOf(seatNo)],
      })}
      onSeat={() => undefined}
      onArea={() => undefined}
    />
  );
}
