import type { AppRouter } from "@onsale/api/router";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

/** A fan's wait for one event, as the API tells it. */
export type Wait = inferRouterOutputs<AppRouter>["waitlist"]["mine"][number];
/** What a fan says they wait for. */
export type Wishes = inferRouterInputs<AppRouter>["waitlist"]["join"]["wishes"];
