import { accessRouter } from "./routers/access-router.ts";
import { accountRouter } from "./routers/account-router.ts";
import { adminAccessRouter } from "./routers/admin-access-router.ts";
import { adminEventRouter, adminVenueRouter } from "./routers/admin-event-router.ts";
import { adminLayoutRouter } from "./routers/admin-layout-router.ts";
import { adminRiskRouter } from "./routers/admin-risk-router.ts";
import { checkoutRouter } from "./routers/checkout-router.ts";
import { adminLineRouter } from "./routers/admin-line-router.ts";
import { eventRouter } from "./routers/event-router.ts";
import { holdRouter } from "./routers/hold-router.ts";
import { inventoryRouter } from "./routers/inventory-router.ts";
import { lineRouter } from "./routers/line-router.ts";
import { organizationRouter, organizerRouter } from "./routers/organization-router.ts";
import { orderRouter, ticketRouter } from "./routers/order-router.ts";
import { adminWaitlistRouter, waitlistRouter } from "./routers/waitlist-router.ts";
import { createCallerFactory, router } from "./trpc.ts";

export const appRouter = router({
  account: accountRouter,
  event: eventRouter,
  inventory: inventoryRouter,
  line: lineRouter,
  hold: holdRouter,
  checkout: checkoutRouter,
  order: orderRouter,
  ticket: ticketRouter,
  access: accessRouter,
  waitlist: waitlistRouter,
  organization: organizationRouter,
  organizer: organizerRouter,
  admin: router({
    access: adminAccessRouter,
    risk: adminRiskRouter,
    layouts: adminLayoutRouter,
    events: adminEventRouter,
    lines: adminLineRouter,
    venues: adminVenueRouter,
    waitlist: adminWaitlistRouter,
  }),
});
export type AppRouter = typeof appRouter;
/** For server components: the same procedures without HTTP in between. */
export const createCaller = createCallerFactory(appRouter);
