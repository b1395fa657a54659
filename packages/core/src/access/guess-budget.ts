/** What guesses are counted under. */
export type GuessKeys = { readonly account: string; readonly address: string; readonly eventId: string };

/** How many wrong codes are looked at; right ones cost nothing. */
export interface GuessBudget {
  /** Runs one attempt, or throws rate.limited. Only one that ends with access.code_refused is kept on the books. */
  guess<T>(keys: GuessKeys, attempt: () => Promise<T>): Promise<T>;
}
