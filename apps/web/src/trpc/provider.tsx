"use client";

import type { AppRouter } from "@onsale/api/router";
import { CHALLENGE_HEADER } from "@onsale/core/risk/challenge-header";
import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useCallback, useState } from "react";
import { challengeAnswerOf, challengeLink } from "../features/challenge/challenge-link.ts";
import { ChallengeNotice } from "../features/challenge/challenge-notice.tsx";
import { clientHeader } from "../features/challenge/client-header.ts";
import { waiting } from "../features/challenge/waiting.ts";
import { isWorthRetrying } from "../features/errors/app-failure.ts";
import { passHeader } from "../features/line-pass/pass-header.ts";
import { useOnReturn } from "../ui/use-on-return.ts";
import { limitedFetch } from "./limited-fetch.ts";
import { offlineLink } from "./offline-link.ts";

const context = createTRPCContext<AppRouter>();
export const useTRPC = context.useTRPC;
/** For what is called by the clock and not by a component. */
export const useTRPCClient = context.useTRPCClient;
export type ApiClient = TRPCClient<AppRouter>;

const API_URL = "/api/trpc";
/** The server takes ten calls per request. */
const BATCH_MAX = 10;
const STALE_MS = 5_000;
const RETRIES_MAX = 2;

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (failures, error) => failures < RETRIES_MAX && isWorthRetrying(error),
      },
      // By default a call without a network waits, and fires by itself when the network is back.
      mutations: { networkMode: "always" },
    },
  });
}

/** Loaded when the first challenge comes: most fans never meet one. */
async function solve(offer: unknown): Promise<string> {
  const { solveChallenge } = await import("../features/challenge/solve-challenge.ts");
  return await solveChallenge(offer);
}

function makeClient() {
  const fetchInTime = limitedFetch((target, init) => fetch(target as RequestInfo, init as RequestInit));
  return createTRPCClient<AppRouter>({
    links: [
      offlineLink(() => navigator.onLine),
      challengeLink((offer) => waiting.during(() => solve(offer))),
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url: API_URL }),
        false: splitLink({
          // An answer belongs to one call, so that call travels alone.
          condition: (operation) => challengeAnswerOf(operation) !== null,
          true: httpLink({
            url: API_URL,
            fetch: fetchInTime,
            headers: ({ op }) => ({
              ...passHeader([op]),
              ...clientHeader(),
              [CHALLENGE_HEADER]: challengeAnswerOf(op) ?? "",
            }),
          }),
          false: httpBatchLink({
            url: API_URL,
            fetch: fetchInTime,
            maxItems: BATCH_MAX,
            maxURLLength: 4_000,
            headers: ({ opList }) => ({ ...passHeader(opList), ...clientHeader() }),
          }),
        }),
      }),
    ],
  });
}

export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={client} queryClient={queryClient}>
        <FreshAnswersOnReturn />
        {children}
        <ChallengeNotice />
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}

/** Beside FreshOnReturn, which reads the page itself again. */
function FreshAnswersOnReturn() {
  const queries = useQueryClient();
  useOnReturn(useCallback(() => void queries.invalidateQueries(), [queries]));
  return null;
}
