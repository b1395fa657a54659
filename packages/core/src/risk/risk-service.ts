import type { Account } from "../actor/account.ts";
import type { Installation } from "../actor/actor.ts";
import { isStaff } from "../account/session.ts";
import type { AccountStore } from "../account/account-store.ts";
import { AppError } from "../shared/errors.ts";
import { AccountId } from "../shared/ids.ts";
import { cutPage, type Page, type PageAsk, readCursor, writeCursor } from "../shared/page.ts";
import type { RiskMark, RiskMarkState, RiskMarkStore, RiskSighting, SightingStore } from "./risk-mark.ts";

export type RiskServiceDeps = {
  readonly accounts: Pick<AccountStore, "findById" | "findMany" | "findForSignIn">;
  readonly marks: RiskMarkStore;
  readonly sightings: SightingStore;
};

export type RiskRow = {
  readonly account: Pick<Account, "id" | "email" | "name">;
  readonly mark: RiskMark | null;
  readonly sighting: RiskSighting | null;
};

const HISTORY_MAX = 50;
/** More than either store keeps of a day, or staff can mark by hand. */
const KEPT_MAX = 10_000;

/** What staff see and decide about accounts that met a challenge. */
export function makeRiskService({ accounts, marks, sightings }: RiskServiceDeps) {
  async function requireAccount(key: string): Promise<Account> {
    const id = AccountId.safeParse(key);
    const account = id.success
      ? await accounts.findById(id.data)
      : ((await accounts.findForSignIn(key.trim()))?.account ?? null);
    if (!account) throw new AppError("account.not_found");
    return account;
  }

  async function decide(
    actor: Installation,
    key: string,
    { state, reason }: { state: RiskMarkState; reason: string },
  ): Promise<RiskMark> {
    const account = await requireAccount(key);
    if (state === "blocked" && isStaff(account))
      throw new AppError("account.not_allowed", { why: "staff_not_blocked" });
    const mark = await marks.set(actor, { accountId: account.id, state, reason });
    if (!mark) throw new AppError("account.not_found");
    // A fan who was cleared starts afresh; the counters would otherwise speak against them again at once.
    if (state === "cleared") await sightings.forgive(account.id);
    return mark;
  }

  return {
    /** Accounts that met a challenge lately or are marked; the latest first. */
    list: (_actor: Installation, ask: PageAsk) => listRows({ accounts, marks, sightings }, ask),

    /** `key`: an id or an e-mail address. */
    async get(_actor: Installation, key: string): Promise<RiskRow & { history: RiskMark[] }> {
      const { id, email, name } = await requireAccount(key);
      const [mark, sighting, history] = await Promise.all([
        marks.find(id),
        sightings.sighting(id),
        marks.history(id, HISTORY_MAX),
      ]);
      return { account: { id, email, name }, mark, sighting, history };
    },

    clear: (actor: Installation, key: string, reason: string) =>
      decide(actor, key, { state: "cleared", reason }),
    block: (actor: Installation, key: string, reason: string) =>
      decide(actor, key, { state: "blocked", reason }),
  };
}
export type RiskService = ReturnType<typeof makeRiskService>;

async function listRows(
  { accounts, marks, sightings }: RiskServiceDeps,
  { after, limit }: PageAsk,
): Promise<Page<RiskRow>> {
  const [seen, marked] = await Promise.all([sightings.sightings(KEPT_MAX), marks.list(KEPT_MAX)]);
  const markOf = new Map(marked.map((mark) => [mark.accountId, mark]));
  const sightingOf = new Map(seen.map((sighting) => [sighting.accountId, sighting]));
  const all = [...new Set([...seen, ...marked].map(({ accountId }) => accountId))]
    .map((id) => ({ id, lastMs: Math.max(markOf.get(id)?.atMs ?? 0, sightingOf.get(id)?.atMs ?? 0) }))
    .sort((a, b) => b.lastMs - a.lastMs || (a.id < b.id ? -1 : 1));
  const cursor = readCursor(after);
  const start = cursor
    ? all.findIndex(
        ({ id, lastMs }) =>
          lastMs < Number(cursor.sortKey) || (lastMs === Number(cursor.sortKey) && id > cursor.id),
      )
    : 0;
  const rows = start === -1 ? [] : all.slice(start, start + limit + 1);
  const page = cutPage(rows, {
    limit,
    total: all.length,
    cursorOf: ({ id, lastMs }) => writeCursor(lastMs, id),
  });
  const found = await accounts.findMany(page.items.map(({ id }) => id));
  const accountOf = new Map(found.map((account) => [account.id, account]));
  const items = page.items.flatMap(({ id }) => {
    const account = accountOf.get(id);
    if (!account) return [];
    const { email, name } = account;
    return [
      {
        account: { id, email, name },
        mark: markOf.get(id) ?? null,
        sighting: sightingOf.get(id) ?? null,
      },
    ];
  });
  return { ...page, items };
}
