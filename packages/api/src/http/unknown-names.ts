import { makeBoundedMap } from "@onsale/core/shared/bounded-map";
import type { Clock } from "@onsale/core/shared/clock";
import type { Admission } from "@onsale/core/risk/admission";

/** How long nobody asks the database again after it had nothing under a name. */
const ABSENT_MS = 3_000;
const NAMES_KEPT_MAX = 20_000;

type Asked = { readonly name: string; readonly address: string };

/**
 * Stands before documents that anyone may ask for by name. A name under which this process found something costs its
 * askers nothing; any other is counted against the address, and what is not there is not looked for again for a
 * moment. A crowd that comes for a name at once is counted as the one who came first.
 */
export function makeUnknownNames({ clock, admission }: { clock: Clock; admission: Pick<Admission, "take"> }) {
  const known = makeBoundedMap<string, true>(NAMES_KEPT_MAX);
  const absentUntilMs = makeBoundedMap<string, number>(NAMES_KEPT_MAX);
  const asking = new Map<string, Promise<void>>();

  function remember(name: string, isThere: boolean): void {
    absentUntilMs.delete(name);
    if (!isThere) {
      known.delete(name);
      absentUntilMs.set(name, clock.nowMs() + ABSENT_MS);
    } else known.set(name, true);
  }

  async function lookUp<Found>({ name, address }: Asked, find: () => Promise<Found | null>) {
    if (!known.get(name)) await admission.take("unknown", { account: null, address });
    const found = await find();
    remember(name, found !== null);
    return found;
  }

  /** What `find` finds, null for nothing. Throws rate.limited, and what `find` throws. */
  return async function ask<Found>(asked: Asked, find: () => Promise<Found | null>): Promise<Found | null> {
    const { name } = asked;
    await asking.get(name);
    if ((absentUntilMs.get(name) ?? 0) > clock.nowMs()) return null;
    const work = lookUp(asked, find);
    if (!known.get(name) && !asking.has(name)) {
      const settled = () => void asking.delete(name);
      asking.set(name, work.then(settled, settled));
    }
    return work;
  };
}
export type UnknownNames = ReturnType<typeof makeUnknownNames>;
