import type { Account } from "@onsale/core/account/account";
import type { AccountStore } from "@onsale/core/account/account-store";
import type { AccountId } from "@onsale/core/shared/ids";

/** More ids than this in one statement gain nothing. */
const IDS_MAX = 500;

/**
 * Looks accounts up by id, all that are asked for in one turn of the event loop with one query: when a thousand fans
 * come back in the same second, their sessions cost the database a handful of statements.
 */
export function makeAccountLookup(
  accounts: Pick<AccountStore, "findMany">,
): (id: AccountId) => Promise<Account | null> {
  let waiting: AccountId[] = [];
  let batch: Promise<Map<string, Account>> | null = null;

  function open(): Promise<Map<string, Account>> {
    const ids: AccountId[] = [];
    waiting = ids;
    return new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      if (waiting === ids) batch = null;
      return new Map((await accounts.findMany([...new Set(ids)])).map((account) => [account.id, account]));
    });
  }

  return async (id) => {
    if (waiting.length >= IDS_MAX) batch = null;
    batch ??= open();
    waiting.push(id);
    return (await batch).get(id) ?? null;
  };
}
