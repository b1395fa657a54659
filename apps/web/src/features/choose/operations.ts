import { isWorthRetrying } from "../errors/app-failure.ts";

/**
 * Which operation a press is. The answer to one may be lost after its seats were held: the same wish pressed again is then the
 * same operation and finds these seats, instead of asking for them against itself or for others beside them.
 */
export function makeOperations(newId: () => string) {
  let open: { readonly wish: string; readonly id: string } | null = null;
  return {
    idOf(wish: unknown): string {
      const words = JSON.stringify(wish);
      if (open?.wish !== words) open = { wish: words, id: newId() };
      return open.id;
    },
    /** It is a hold now. */
    done(): void {
      open = null;
    },
    /** A refusal ends it; where no answer came nobody knows. */
    ended(error: unknown): void {
      if (!isWorthRetrying(error)) open = null;
    },
  };
}
