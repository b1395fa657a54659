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
  const known = new Set<string>();
  const absentUntilMs = new Map<string, number>();
  const asking = new Map<string, Promise<void>>();

  function remember(name: string, isThere: boolean): void {
    absentUntilMs.delete(name);
    if (!isThere) {
      known.delete(name);
      makeRoom(absentUntilMs);
      absentUntilMs.set(name, clock.nowMs() + ABSENT_MS);
    } else if (!known.has(name)) {
      makeRoom(known);
      known.add(name);
    }
  }

  async function lookUp<Found>({ name, address }: Asked, find: () => Promise<Found | null>) {
    if (!known.has(name)) await admission.take("unknown", { account: null, address });
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
    if (!known.has(name) && !asking.has(name)) {
      const settled = () => void asking.delete(name);
      asking.set(name, work.then(settled, settled));
    }
    return work;
  };
}
export type UnknownNames = ReturnType<typeof makeUnknownNames>;

/** Both kinds of collection give up their oldest first. */
function makeRoom(names: Set<string> | Map<string, number>): void {
  for (const oldest of names.keys()) {
    if (names.size < NAMES_KEPT_MAX) return;
    names.delete(oldest);
  }
}
