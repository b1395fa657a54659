import type { Fan } from "../actor/actor.ts";
import type { Grants } from "../event/sale-window.ts";
import { makeBoundedMap, makeKeptAnswers } from "../shared/bounded-map.ts";
import type { Clock } from "../shared/clock.ts";
import type { AccountId, EventId } from "../shared/ids.ts";
import type { AccessStore } from "./access-store.ts";

/**
 * A grant is never withdrawn, so one that was found is remembered. Where none was found, the store is asked again each
 * time.
 */
const GRANTS_TTL_MS = 30_000;
const GRANTS_KEPT_MAX = 50_000;
/**
 * What is left of an allotment may be known so late. It only spares fans a hold that they could not buy; the claim
 * decides.
 */
const LEFT_TTL_MS = 1_000;
const LEFT_KEPT_MAX = 500;

export type GrantCatalogDeps = { readonly access: AccessStore; readonly clock: Clock };

/** Grants and allotments as this process last saw them; only presales ask. */
export function makeGrantCatalog({ access, clock }: GrantCatalogDeps) {
  const grants = makeBoundedMap<string, { atMs: number; keys: Grants }>(GRANTS_KEPT_MAX);
  const left = makeKeptAnswers((eventId: EventId) => access.placesLeft(eventId), {
    max: LEFT_KEPT_MAX,
    fresh: { ms: LEFT_TTL_MS, nowMs: clock.nowMs },
  });
  const nameOf = (eventId: EventId, accountId: AccountId) => `${eventId}/${accountId}`;

  async function grantsOf({ account }: Fan, eventId: EventId): Promise<Grants> {
    // A list opens nothing for an address that somebody merely claims.
    const byList = account.emailVerified;
    const keys = new Set(await access.grantsOf({ eventId, accountId: account.id, byList }));
    if (keys.size === 0) return keys;
    grants.set(nameOf(eventId, account.id), { atMs: clock.nowMs(), keys });
    return keys;
  }

  return {
    grantsOf,
    /** The grants, asked for unless one for any of `wanted` is known here. */
    async grantsFor(actor: Fan, eventId: EventId, wanted: readonly string[]): Promise<Grants> {
      const known = grants.get(nameOf(eventId, actor.account.id));
      const isFresh = known && clock.nowMs() - known.atMs < GRANTS_TTL_MS;
      return isFresh && wanted.some((key) => known.keys.has(key)) ? known.keys : grantsOf(actor, eventId);
    },
    /** Places that the presale has left; null: it has no allotment. */
    async placesLeft(eventId: EventId, windowKey: string): Promise<number | null> {
      return (await left.of(eventId)).get(windowKey) ?? null;
    },
  };
}
export type GrantCatalog = ReturnType<typeof makeGrantCatalog>;
