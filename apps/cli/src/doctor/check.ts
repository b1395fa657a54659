import { describeFailure } from "../exit-codes.ts";

export type Health = "good" | "warning" | "bad" | "skipped";

/** One question about the installation, its answer, and what to do when the answer is not good. */
export type Check = {
  readonly id: string;
  readonly health: Health;
  readonly found: string;
  readonly todo: string | null;
};

export const good = (id: string, found: string): Check => ({ id, health: "good", found, todo: null });
export const warning = (id: string, found: string, todo: string): Check => ({
  id,
  health: "warning",
  found,
  todo,
});
export const bad = (id: string, found: string, todo: string): Check => ({ id, health: "bad", found, todo });
export const skipped = (id: string, found: string): Check => ({ id, health: "skipped", found, todo: null });

export const CHECK_LIMIT_MS = 7_000;

/** Answers within the limit, whatever the thing behind it does; a fault becomes a bad check with `todo`. */
export async function within(
  id: string,
  todo: string,
  ask: () => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Check[]>((resolve) => {
    timer = setTimeout(
      () => resolve([bad(id, `no answer within ${CHECK_LIMIT_MS / 1000} s`, todo)]),
      CHECK_LIMIT_MS,
    );
  });
  try {
    return await Promise.race([ask(), late]);
  } catch (error) {
    return [bad(id, wordsOf(error), todo)];
  } finally {
    clearTimeout(timer);
  }
}

/** The first message that says something; a name with several addresses has a list of errors and no message. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return wordsOf(error.errors[0]);
  if (describeFailure(error).code === "service.unavailable") return "nothing answers there";
  if (!(error instanceof Error)) return String(error);
  return error.message === "" ? error.name : error.message;
}
