import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import type { AppRouter } from "@onsale/api/router";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { expect, test, vi } from "vitest";
import { readFailure } from "../features/errors/app-failure.ts";
import { wordsFor } from "../features/errors/error-words.ts";
import { limitedFetch } from "./limited-fetch.ts";

test("a call that nobody answers is given up after half a minute, and its fan hears that nothing is taken twice", async () => {
  vi.useFakeTimers();
  let isGivenUp = false;
  const swallowed = limitedFetch(
    (_url, init) =>
      new Promise((_, reject) =>
        init?.signal?.addEventListener("abort", () => {
          isGivenUp = true;
          reject(new DOMException("given up", "AbortError"));
        }),
      ),
  );
  const client = createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: "http://onsale.example/api/trpc", fetch: swallowed })],
  });
  const call = client.event.list.query({}).then(
    () => null,
    (error: unknown) => wordsFor(readFailure(error), DEFAULT_LOCALE),
  );
  await vi.advanceTimersByTimeAsync(29_000);
  expect(isGivenUp).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(isGivenUp).toBe(true);
  expect((await call)?.todo).toContain("A payment is never taken twice.");
  vi.useRealTimers();
});
