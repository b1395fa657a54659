import { assert } from "@onsale/core/shared/assert";

type Waiting<Request, Answer> = {
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Many calls of one moment as one: while `flightsMax` batches are on their way, the next one fills. Answers come in the
 * order of the requests; when a batch fails, so do all of its calls. What waits is as many as callers wait for.
 */
export function batchedCalls<Request, Answer>(
  run: (requests: readonly Request[]) => Promise<readonly Answer[]>,
  { batchMax, flightsMax }: { batchMax: number; flightsMax: number },
): (request: Request) => Promise<Answer> {
  const waiting: Waiting<Request, Answer>[] = [];
  let flying = 0;
  let due = false;

  function depart(): void {
    due = false;
    while (flying < flightsMax && waiting.length > 0) void fly(waiting.splice(0, batchMax));
  }

  async function fly(batch: readonly Waiting<Request, Answer>[]): Promise<void> {
    flying += 1;
    try {
      const answers = await run(batch.map((call) => call.request));
      assert(answers.length === batch.length, "a batch answers each of its calls");
      answers.forEach((answer, index) => batch[index]?.resolve(answer));
    } catch (error) {
      for (const call of batch) call.reject(error);
    } finally {
      flying -= 1;
      depart();
    }
  }

  return (request) =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject });
      if (due) return;
      due = true;
      // One turn of the event loop: calls that came in together leave together.
      setImmediate(depart);
    });
}
