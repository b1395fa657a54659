import { TESTER } from "@onsale/core/actor/testing/staff";
import { makeRandom } from "@onsale/core/drill/random";
import { AppError } from "@onsale/core/shared/errors";
import { TRPCError } from "@trpc/server";
import { beforeAll, expect, inject, test } from "vitest";
import type { z } from "zod";
import { appRouter } from "./router.ts";
import { type Known, oddInputs } from "./testing/odd-inputs.ts";
import { describeApp, gridLayout, key, seatItems } from "./testing/test-app.ts";
import { nonce, openLine } from "./testing/test-line.ts";

const INPUTS_EACH = inject("isLong") ? 500 : 40;
const SEED = inject("isLong") ? inject("seed") : 7;

type Described = { readonly type: string; readonly inputs: readonly z.ZodType[] };
const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { readonly _def: Described }>,
).map(([path, { _def }]) => ({ path, type: _def.type, schema: _def.inputs[0] ?? null }));

describeApp(
  "an input of any kind",
  (app) => {
    let known: Known = {};
    beforeAll(async () => {
      const eventId = await app().openEvent();
      const { services, priceLists } = app().container;
      const event = await services.events.require(eventId);
      const layout = await services.layouts.save(TESTER, gridLayout({ rows: 2, seats: 2, standing: 0 }), {
        organizationId: app().organization,
        venueId: null,
      });
      const { lineId } = await openLine(app(), await app().openEvent());
      known = {
        eventId,
        idOrSlug: event.slug,
        slug: event.slug,
        layoutId: layout.id,
        venueId: event.venueId,
        lineId,
        windowKey: "public",
        timeZone: "Europe/Zurich",
        currency: "EUR",
        items: seatItems(0),
        operationId: key(),
        idempotencyKey: key(),
        quoteHash: "0".repeat(64),
        method: "sandbox_ok",
        entry: "0".repeat(32),
        nonce: nonce(),
        ticketType: "adult",
        priceList: await priceLists.find(eventId, 1),
      };
    });

    /** An operator, so that no role stands before the input; and without limits. */
    async function callerOf(path: string) {
      const account = await app().account("operator");
      const caller = app().as(account);
      const call = path
        .split(".")
        .reduce((at, name) => (at as Record<string, unknown>)[name] as object, caller as unknown as object);
      return call as unknown as (input: unknown) => Promise<unknown>;
    }

    test.each(procedures)(
      "to $path is taken or refused, and is never a fault of ours",
      async ({ path, type, schema }) => {
        const next = oddInputs(schema, known, makeRandom(SEED, path.length * 31 + path.charCodeAt(0)));
        const call = await callerOf(path);
        const faults: unknown[] = [];
        for (let n = 0; n < INPUTS_EACH; n += 1) {
          const input = next();
          try {
            const answer = await call(input);
            if (type === "subscription") await (answer as AsyncGenerator).return(undefined);
          } catch (error) {
            if (!isRefusal(error)) faults.push({ input, error: causeOf(error) });
          }
        }
        expect(faults).toEqual([]);
      },
    );
  },
  { LIMITS_SCALE: "1000000" },
);

function isRefusal(error: unknown): boolean {
  if (error instanceof AppError) return error.category !== "internal";
  return error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR";
}

const causeOf = (error: unknown) =>
  error instanceof TRPCError ? String(error.cause?.stack ?? error.cause ?? error) : String(error);
