import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { ProviderUnavailable } from "@onsale/core/payment/payment-provider";
import type { SandboxEntry } from "@onsale/core/payment/sandbox-book";
import { makePgOrderStore } from "../order/pg-order-store.ts";
import { buy, openSale, orderDraft } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { INVARIANTS, makePgInvariantStore } from "./pg-invariant-store.ts";

describeWithDatabase("the books of a sandbox that is a process of its own", (database) => {
  it("are compared with our payments: what only one side knows as taken is found, and what agrees is not", async () => {
    const { sql } = database().owner;
    const eventId = await openSale(database(), { seats: 4, standing: 0 });
    const draft = orderDraft(eventId, { seats: [0] });
    await buy(makePgOrderStore(database()), draft);
    await sql.begin(async (tx) => {
      // A payment of three minutes ago: the guard of the table sleeps in this session.
      await tx`set local session_replication_role = replica`;
      await tx`update payment set provider = 'sandbox', updated_at = clock_timestamp() - interval '3 minutes'`;
    });
    const [ours] = await sql<{ ref: string }[]>`select provider_ref as ref from payment`;
    const entry = (change: Partial<SandboxEntry>) => ({
      providerRef: ours?.ref ?? "",
      orderId: draft.orderId,
      state: "captured" as const,
      openedAtMs: Date.now() - 180_000,
      ...change,
    });
    const found = async (books: ReturnType<typeof entry>[]) => {
      const store = makePgInvariantStore(database(), { readBooks: async () => books });
      const checks = await Promise.all([store.checkInvariants(null), store.checkInvariants(eventId)]);
      return checks.map((all) => all.find(({ id }) => id === "I6")?.rows.map((row) => row["provider_ref"]));
    };
    expect(await found([entry({})])).toEqual([[], []]);
    expect(await found([])).toEqual([[ours?.ref], [ours?.ref]]);
    const unknown = entry({ providerRef: `sbx_${randomUUID()}` });
    expect(await found([entry({}), unknown])).toEqual([[unknown.providerRef], [unknown.providerRef]]);
  });

  it("are not compared while the provider is away, which is said; every other invariant is asked all the same", async () => {
    const away = async () => {
      throw new ProviderUnavailable("the sandbox gave no answer");
    };
    const checks = await makePgInvariantStore(database(), { readBooks: away }).checkInvariants(null);
    expect(checks.filter((check) => check.away === "provider").map(({ id }) => id)).toEqual(["I6"]);
    expect(checks.map(({ id }) => id)).toEqual(INVARIANTS.map(({ id }) => id));
    const broken = async () => {
      throw new Error("a fault of ours");
    };
    await expect(
      makePgInvariantStore(database(), { readBooks: broken }).checkInvariants(null),
    ).rejects.toThrow("a fault of ours");
  });
});
