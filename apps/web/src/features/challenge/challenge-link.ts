import { type Operation, TRPCClientError, type TRPCLink } from "@trpc/client";
import type { AnyTRPCRouter } from "@trpc/server";
import { observable, type Unsubscribable } from "@trpc/server/observable";
import { readFailure } from "../errors/app-failure.ts";

/** Where a call that is made again carries its answer on the way to the link that sends it. */
const ANSWER = "challengeAnswer";

export function challengeAnswerOf({ context }: Pick<Operation, "context">): string | null {
  const answer = context[ANSWER];
  return typeof answer === "string" ? answer : null;
}

/** Answers a challenge behind the call that met it, and makes the call once more; a second demand is the caller's to see. */
export function challengeLink<Router extends AnyTRPCRouter>(
  solve: (offer: unknown) => Promise<string>,
): TRPCLink<Router> {
  return () =>
    ({ next, op }) =>
      observable((observer) => {
        let running: Unsubscribable | null = null;
        let isOver = false;
        const run = (attempt: Operation) => {
          running = next(attempt).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error(error) {
              const offer = challengeAnswerOf(attempt) === null ? offerIn(error) : null;
              if (offer === null) return observer.error(error);
              solve(offer).then(
                (answer) => {
                  if (!isOver) run({ ...op, context: { ...op.context, [ANSWER]: answer } });
                },
                // Told as the demand it was: the words for it say what to do.
                () => observer.error(error instanceof TRPCClientError ? error : TRPCClientError.from(error)),
              );
            },
          });
        };
        run(op);
        return () => {
          isOver = true;
          running?.unsubscribe();
        };
      });
}

/** Unread: whoever solves it knows its shape, and is loaded only then. */
function offerIn(error: unknown): unknown {
  const { code, details } = readFailure(error);
  return code === "challenge.required" ? (details.challenge ?? null) : null;
}
