import type { Fan } from "../actor/actor.ts";
import type { Call } from "../actor/call.ts";
import type { EventSale } from "../event/sale-catalog.ts";
import { type AreaStock, SEAT_STATE } from "../inventory/inventory.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import { priceLookup } from "../pricing/price-lookup.ts";
import { ticketCount } from "../pricing/ticket-count.ts";
import { bestArea } from "../seat-rules/best-area.ts";
import { bestAvailable } from "../seat-rules/best-available.ts";
import { checkSelection } from "../seat-rules/seat-rules.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId, IdempotencyKey } from "../shared/ids.ts";
import {
  type AcquireDeps,
  acquireHold,
  type Acquiring,
  type QuotedHold,
  holdIdOf,
  makeOpenSale,
  requireAcquired,
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
export type LiveStock = {
  seatsOf(eventId: EventId): Promise<Uint8Array>;
  stockOf(eventId: EventId): Promise<{ readonly seats: Uint8Array; readonly areas: readonly AreaStock[] }>;
};
export type ChooseDeps = AcquireDeps & { readonly stock: LiveStock };

/** Best available picks from what this process sees; another fan may be faster, so it picks again this often. */
const PICK_ATTEMPTS = 6;

export function makeChooseSeats(deps: ChooseDeps) {
  const requireOpenSale = makeOpenSale(deps);
  return {
    /** The fan chose the places. */
    async create(actor: Fan, call: Pick<Call, "pass">, request: HoldRequest): Promise<QuotedHold> {
      if (ticketCount(request.items) === 0) throw new AppError("hold.empty");
      return holdChosen(deps, await requireOpenSale(actor, call, request), request.items);
    },
    /** Onsale chooses; places that turn out to be gone are left out of the next pick. */
    async bestAvailable(
      actor: Fan,
      call: Pick<Call, "pass">,
      request: BestAvailableRequest,
    ): Promise<QuotedHold> {
      return holdBest(deps, await requireOpenSale(actor, call, request), request);
    },
  };
}

async function holdChosen(deps: ChooseDeps, acquiring: Acquiring, items: TicketItems): Promise<QuotedHold> {
  const { sale } = acquiring;
  const broken = brokenRule(sale, await deps.stock.seatsOf(sale.id), items);
  // A replay finds its own seats held, which can look like a broken rule; only then is it worth a round trip to ask.
  if (broken && !(await deps.holds.find(sale.id, holdIdOf(acquiring)))) throw broken;
  return requireAcquired(deps, acquiring, await acquireHold(deps, acquiring, items));
}

async function holdBest(
  deps: ChooseDeps,
  acquiring: Acquiring,
  request: BestAvailableRequest,
): Promise<QuotedHold> {
  const { eventId, quantity } = request;
  const lost: Lost = { seats: new Set(), areas: new Set() };
  for (let attempt = 0; attempt < PICK_ATTEMPTS; attempt++) {
    const items = pickBest(acquiring.sale, request, { stock: await deps.stock.stockOf(eventId), lost });
    if (!items) break;
    const acquired = await acquireHold(deps, acquiring, items);
    if (acquired.result.kind !== "taken") return requireAcquired(deps, acquiring, acquired);
    for (const seatNo of acquired.result.seatNos) lost.seats.add(seatNo);
    for (const { areaNo } of items.areas) lost.areas.add(areaNo);
  }
  throw new AppError("hold.no_block", { quantity });
}

type Lost = { readonly seats: Set<number>; readonly areas: Set<number> };
type Stock = Awaited<ReturnType<LiveStock["stockOf"]>>;

/** Seats side by side, else a standing area with room for all, else seats apart; only where this ticket type is sold. */
function pickBest(
  { plan, seatIndex, priceList }: EventSale,
  request: BestAvailableRequest,
  { stock, lost }: { stock: Stock; lost: Lost },
): TicketItems | null {
  const { quantity, ticketType, categories, sectionKeys: sections, accessible = false } = request;
  const prices = priceLookup(priceList);
  const keyOf = (category: number | undefined) => plan.categories[category ?? -1]?.key ?? "";
  const seats = bestAvailable({
    index: seatIndex,
    isFree: (seatNo) => stock.seats[seatNo] === SEAT_STATE.free && !lost.seats.has(seatNo),
    priceOf: (seatNo) => prices.seat(plan.seatIds[seatNo] ?? "", keyOf(plan.category[seatNo]), ticketType),
    quantity,
    categories,
    sections,
    accessible,
  });
  const seated = seats && { seats: seats.seatNos.map((seatNo) => ({ seatNo, ticketType })), areas: [] };
  if (seats?.together || accessible) return seated;
  const areaNo = bestArea({
    index: seatIndex,
    quantity,
    freeIn: (area) => (lost.areas.has(area) ? 0 : freeIn(stock, area)),
    priceOf: (area) => prices.cell(keyOf(plan.areas[area]?.category), ticketType),
    categories,
    sections,
  });
  // A fan who named no price level and could sit, if only apart, did not ask to stand.
  if (areaNo === null || (seated && categories === undefined)) return seated;
  return { seats: [], areas: [{ areaNo, ticketType, quantity }] };
}

function freeIn({ areas }: Stock, areaNo: number): number {
  const area = areas.find((one) => one.areaNo === areaNo);
  return area ? area.capacity - area.held - area.claimed - area.sold : 0;
}

/** Taken seats are the store's to refuse: it alone knows, and a fan's own replay must pass. */
function brokenRule(sale: EventSale, seats: Uint8Array, items: TicketItems): AppError | null {
  const violations = checkSelection({
    plan: sale.plan,
    stateOf: (seatNo) => (seats[seatNo] === SEAT_STATE.free ? "free" : "taken"),
    items,
    limits: { ticketsMax: sale.event.maxPerFan },
  });
  const first = violations.find((violation) => violation.code !== "seat.taken");
  return first ? new AppError("hold.seat_rule", { violations }) : null;
}
