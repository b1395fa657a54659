import type { ChangedBy, Stale } from "../audit/change.ts";
import type { EventId } from "../shared/ids.ts";
import type { PriceList } from "./price-list.ts";

export type PublishResult =
  | { readonly kind: "published"; readonly version: number }
  | { readonly kind: "not_found" }
  | Stale;

/** The price lists of events: immutable versions, one of them in force. */
export interface PriceListStore {
  /** Adds the next version and puts it in force, when `by.version` is still the one in force. */
  publish(eventId: EventId, list: PriceList, by: ChangedBy): Promise<PublishResult>;
  find(eventId: EventId, version: number): Promise<PriceList | null>;
}
