import type { SloInput } from "../slos.ts";

const quick = { count: 300, p50Ms: 4, p95Ms: 18, p99Ms: 41, maxMs: 60, perSecond: 40 };

/** A sale that kept every promise and met every target; tests change what they are about. */
export const cleanSale: SloInput = {
  oversold: 0,
  lostTickets: 0,
  violations: 0,
  drift: 0,
  admittedOverCap: 0,
  admittedTwice: 0,
  orderInversions: 0,
  botTicketsBeyondLimit: 0,
  drawRefused: 0,
  line: { firstAdmissionSecond: 1.2, soldOutSecond: 48 },
  sold: 200,
  seats: 200,
  wanted: 500,
  steps: { hold: quick, checkout: quick },
  stepsBesideFaults: null,
  requests: 10_000,
  unexpected: 0,
  hung: 0,
};
