import type { Account } from "../account/account.ts";
import type { Grants } from "../event/sale-window.ts";
import type { Clock } from "../shared/clock.ts";
import type { AccountId, EventId } from "../shared/ids.ts";
import type { AccessStore } from "./access-store.ts";

/** A grant is never withdrawn, so what was found is kept; that there is none is asked anew each time. */
const GRANTS_TTL_MS = 30_000;
const GRANTS_KEPT_MAX = 50_000;
/** What is left of allotments may be this old: it spares fans a hold that could not be bought; the claim decides. */
const LEFT_TTL_MS = 1_000;
const LEFT_KEPT_MAX = 500;

export type GrantCatalogDeps = { readonly access: AccessStore; readonly clock: Clock };

/** Grants and allotments as this process last saw them; only presales ask. */
export function makeGrantCatalog({ access, clock }: GrantCatalogDeps) {
  const grants = new Map<string, { atMs: number; keys: Grants }>();
  const left = new Map<EventId, { atMs: number; places: Promise<ReadonlyMap<string, number>> }>();
  const nameOf = (eventId: EventId, accountId: AccountId) => `${eventId}/${accountId}`;

  async function grantsOf(eventId: EventId, account: Account): Promise<Grants> {
    // A list opens nothing for an address that somebody merely claims.
    const byList = account.emailVerified;
    const keys = new Set(await access.grantsOf({ eventId, accountId: account.id, byList }));
    if (keys.size === 0) return keys;
    const name = nameOf(eventId, account.id);
    grants.delete(name);
    if (grants.size >= GRANTS_KEPT_MAX) grants.delete(grants.keys().next().value ?? name);
    grants.set(name, { atMs: clock.nowMs(), keys });
    return keys;
  }

  return {
    grantsOf,
    /** The grants, asked for unless one for any of `wanted` is known here. */
    async grantsFor(eventId: EventId, account: Account, wanted: readonly string[]): Promise<Grants> {
      const known = grants.get(nameOf(eventId, account.id));
      const isFresh = known && clock.nowMs() - known.atMs < GRANTS_TTL_MS;
      return isFresh && wanted.some((key) => known.keys.has(key)) ? known.keys : grantsOf(eventId, account);
    },
    /** Places that the presale has left; null: it has no allotment. */
    async placesLeft(eventId: EventId, windowKey: string): Promise<number | null> {
      const now = clock.nowMs();
      let known = left.get(eventId);
      if (!known || now - known.atMs >= LEFT_TTL_MS) {
        known = { atMs: now, places: access.placesLeft(eventId) };
        if (left.size >= LEFT_KEPT_MAX) left.delete(left.keys().next().value ?? eventId);
        left.set(eventId, known);
        known.places.catch(() => left.delete(eventId));
      }
      return (await known.places).get(windowKey) ?? null;
    },
  };
}
export type GrantCatalog = ReturnType<typeof makeGrantCatalog>;
