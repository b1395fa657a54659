import { system } from "../actor/actor.ts";
import { expect, test } from "vitest";
import type { Account } from "../actor/account.ts";
import { AccountId } from "../shared/ids.ts";
import { everyPage } from "../shared/page.ts";
import type { RiskMark } from "./risk-mark.ts";
import { makeRiskService, type RiskServiceDeps } from "./risk-service.ts";

const idOf = (n: number) => AccountId.parse(`00000000-0000-4000-8000-${String(n).padStart(12, "0")}`);

test("the list of accounts at risk ends nowhere in silence: its pages are all of them once, with the true count", async () => {
  const marks = Array.from({ length: 230 }, (_, n): RiskMark => ({
    accountId: idOf(n),
    state: "blocked",
    reason: "",
    by: "staff",
    atMs: 1_000 + Math.floor(n / 3),
  }));
  const accountOf = (id: AccountId): Account => ({
    id,
    email: `${id}@fans.example`,
    name: "A fan",
    role: "fan",
    emailVerified: true,
    isMember: false,
  });
  // The list reads these three and nothing else of its stores.
  const deps = {
    accounts: { findMany: (ids: readonly AccountId[]) => Promise.resolve(ids.map(accountOf)) },
    marks: { list: () => Promise.resolve(marks) },
    sightings: { sightings: () => Promise.resolve([]) },
  } as unknown as RiskServiceDeps;
  const service = makeRiskService(deps);
  const totals = new Set<number>();
  const all = await everyPage(async (after) => {
    const page = await service.list(system("ticketctl"), { after, limit: 40 });
    totals.add(page.total);
    return page;
  });
  expect([...totals]).toEqual([230]);
  expect(new Set(all.map(({ account }) => account.id)).size).toBe(230);
});
