import type { EventSale } from "../event/sale-catalog.ts";
import { SEAT_STATE } from "../inventory/inventory.ts";
import type { Visitor } from "../line/line-gate.ts";
import type { CartItems } from "../pricing/quote-item.ts";
import { ticketCount } from "../pricing/ticket-count.ts";
import { bestAvailable } from "../seat-rules/best-available.ts";
import { checkSelection } from "../seat-rules/seat-rules.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId, IdempotencyKey } from "../shared/ids.ts";
import {
  type AcquireDeps,
  acquireHold,
  type HeldCart,
  holdIdOf,
  requireAcquired,
  requireOpenSale,
} from "./acquire-hold.ts";
import type { HoldRequest } from "./hold.ts";

export type BestAvailableRequest = {
  readonly eventId: EventId;
  readonly operationId: IdempotencyKey;
  readonly quantity: number;
  readonly ticketType: string;
  readonly categories?: readonly string[] | undefined;
  readonly sectionKeys?: readonly string[] | undefined;
  readonly accessible?: boolean | undefined;
};

/** The live state of seats as this process last saw it: right within milliseconds, never the last word. */
export type LiveStock = { seatsOf(eventId: EventId): Promise<Uint8Array> };
export type ChooseDeps = AcquireDeps & { readonly stock: LiveStock };

/** Best available picks from what this process sees; another fan may be faster, so it picks again this often. */
const PICK_ATTEMPTS = 6;

/** The fan chose the places. */
export async function holdChosen(
  deps: ChooseDeps,
  visitor: Visitor,
  { eventId, operationId, items }: HoldRequest,
): Promise<HeldCart> {
  if (ticketCount(items) === 0) throw new AppError("hold.empty", "Choose at least one place.");
  const admitted = await requireOpenSale(deps, visitor, eventId);
  const { sale } = admitted;
  const asker = { ...admitted, account: visitor.account, operationId };
  const broken = brokenRule(sale, await deps.stock.seatsOf(eventId), items);
  // A replay finds its own seats held, which can look like a broken rule; only then is it worth a round trip to ask.
  if (broken && !(await deps.holds.find(sale.id, holdIdOf(asker)))) throw broken;
  return requireAcquired(deps, asker, await acquireHold(deps, asker, items));
}

/** The house chooses; seats that turn out to be gone are left out of the next pick. */
export async function holdBestAvailable(
  deps: ChooseDeps,
  visitor: Visitor,
  request: BestAvailableRequest,
): Promise<HeldCart> {
  const { eventId, operationId, quantity, ticketType } = request;
  const admitted = await requireOpenSale(deps, visitor, eventId);
  const { sale } = admitted;
  const asker = { ...admitted, account: visitor.account, operationId };
  const lost = new Set<number>();
  for (let attempt = 0; attempt < PICK_ATTEMPTS; attempt++) {
    const seats = await deps.stock.seatsOf(eventId);
    const pick = bestAvailable({
      index: sale.seatIndex,
      isFree: (seatNo) => seats[seatNo] === SEAT_STATE.free && !lost.has(seatNo),
      quantity,
      categories: request.categories,
      sections: request.sectionKeys,
      accessible: request.accessible ?? false,
    });
    if (!pick) break;
    const items = { seats: pick.seatNos.map((seatNo) => ({ seatNo, ticketType })), areas: [] };
    const acquired = await acquireHold(deps, asker, items);
    if (acquired.result.kind !== "taken") return requireAcquired(deps, asker, acquired);
    for (const seatNo of acquired.result.seatNos) lost.add(seatNo);
  }
  throw new AppError("hold.no_block", `There are no ${quantity} seats like that left.`);
}

/** Taken seats are the store's to refuse: it alone knows, and a fan's own replay must pass. */
function brokenRule(sale: EventSale, seats: Uint8Array, items: CartItems): AppError | null {
  const violations = checkSelection({
    plan: sale.plan,
    stateOf: (seatNo) => (seats[seatNo] === SEAT_STATE.free ? "free" : "taken"),
    items,
    limits: { ticketsMax: sale.event.maxPerFan },
  });
  const first = violations.find((violation) => violation.code !== "seat.taken");
  return first ? new AppError("hold.seat_rule", first.message, { details: { violations } }) : null;
}
