import type { LineWave } from "@onsale/contract/admin-line";
import type { WaveInputs } from "@onsale/core/line/wave";

/**
 * A number that the controller knew; null when this wave does not say: a newer server may know more inputs than this
 * page.
 */
export function inputOf({ inputs }: Pick<LineWave, "inputs">, name: keyof WaveInputs): number | null {
  const value = inputs[name];
  return typeof value === "number" ? value : null;
}
