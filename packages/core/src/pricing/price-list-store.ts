import type { Actor } from "../actor/actor.ts";
import type { Stale } from "../audit/change.ts";
import type { EventId } from "../shared/ids.ts";
import type { PriceList } from "./price-list.ts";

/** A price list, and the one in force that it was made from; 0: there was none. */
export type PricesChange = { readonly version: number; readonly list: PriceList };
export type PublishResult =
  | { readonly kind: "published"; readonly version: number }
  | { readonly kind: "not_found" }
  | Stale;

/** The price lists of events: immutable versions, one of them in force. */
export interface PriceListStore {
  /** Adds the next version and puts it in force, when `version` is still the one in force. */
  publish(actor: Actor, eventId: EventId, change: PricesChange): Promise<PublishResult>;
  find(eventId: EventId, version: number): Promise<PriceList | null>;
}
