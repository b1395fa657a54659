import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import type { AppRouter } from "@onsale/api/router";
import { createTRPCClient, httpLink } from "@trpc/client";
import { expect, test } from "vitest";
import { readFailure } from "../features/errors/app-failure.ts";
import { wordsFor } from "../features/errors/error-words.ts";
import { offlineLink } from "./offline-link.ts";

function clientThatIs(online: () => boolean) {
  const sent: string[] = [];
  const client = createTRPCClient<AppRouter>({
    links: [
      offlineLink(online),
      httpLink({
        url: "http://shop.example",
        fetch: async (url) => {
          sent.push(url instanceof Request ? url.url : url.toString());
          return Response.json({ result: { data: {} } });
        },
      }),
    ],
  });
  return { client, sent };
}

const orderId = "00000000-0000-4000-8000-000000000001" as never;

test("without a network what acts is refused at once in words, and is not sent when the network is back", async () => {
  let online = false;
  const { client, sent } = clientThatIs(() => online);
  const refused = await client.checkout.cancel.mutate({ orderId }).catch((error: unknown) => error);
  expect(wordsFor(readFailure(refused), DEFAULT_LOCALE)).toMatchObject({
    title: "You are offline. Nothing was sent.",
  });
  online = true;
  await client.checkout.cancel.mutate({ orderId });
  expect(sent).toHaveLength(1);
});

test("reads are tried whatever the browser believes of its network", async () => {
  const { client, sent } = clientThatIs(() => false);
  await client.account.me.query();
  expect(sent).toHaveLength(1);
});
