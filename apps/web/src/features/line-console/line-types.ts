import type { LineRecord } from "@onsale/core/line/line";
import type { WaveRow } from "@onsale/core/line/line-store";
import type { WaveInputs } from "@onsale/core/line/wave";

/** A line as staff see it; ids have lost their brand on the way. */
export type AdminLine = Omit<LineRecord, "id" | "eventId"> & {
  readonly id: string;
  readonly eventId: string;
};

/** A wave as the API tells it: a newer server may know more reasons and inputs than this page. */
export type AdminWave = Omit<WaveRow, "inputs" | "reason"> & {
  readonly reason: string;
  readonly inputs: Readonly<Record<string, number | string | boolean>>;
};

/** A number that the controller knew; null when this wave does not say. */
export function inputOf({ inputs }: Pick<AdminWave, "inputs">, name: keyof WaveInputs): number | null {
  const value = inputs[name];
  return typeof value === "number" ? value : null;
}
