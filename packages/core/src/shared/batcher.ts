type Waiting<In, Out> = {
  readonly input: In;
  readonly resolve: (value: Out) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Collects what many callers ask for under one key and does it together: the first caller starts a batch at once, whoever
 * comes while it runs waits for the next one. One batch of a key runs at a time; keys do not wait for each other. `run`
 * answers in the order of its inputs. A batch that fails is done again in halves where `isOneToBlame` says that a single
 * input may be the reason, so that it fails alone.
 */
export function makeBatcher<Key, In, Out>({
  max,
  run,
  isOneToBlame = () => false,
}: {
  max: number;
  run: (key: Key, inputs: readonly In[]) => Promise<readonly Out[]>;
  isOneToBlame?: (error: unknown) => boolean;
}) {
  const waiting = new Map<Key, Waiting<In, Out>[]>();

  async function attempt(key: Key, batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const outputs = await run(
        key,
        batch.map(({ input }) => input),
      );
      if (outputs.length !== batch.length) throw new Error("a batch needs one answer for each input");
      batch.forEach(({ resolve }, index) => resolve(outputs[index] as Out));
    } catch (error) {
      if (batch.length === 1 || !isOneToBlame(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await attempt(key, batch.slice(0, half));
      await attempt(key, batch.slice(half));
    }
  }

  async function work(key: Key, line: Waiting<In, Out>[]): Promise<void> {
    while (line.length > 0) {
      // Whoever asks in this turn of the event loop comes along.
      // oxlint-disable-next-line no-await-in-loop -- one batch at a time is the point
      await Promise.resolve();
      // oxlint-disable-next-line no-await-in-loop -- one batch at a time is the point
      await attempt(key, line.splice(0, max));
    }
    waiting.delete(key);
  }

  return (key: Key, input: In): Promise<Out> =>
    new Promise((resolve, reject) => {
      const line = waiting.get(key);
      if (line) {
        line.push({ input, resolve, reject });
        return;
      }
      const started = [{ input, resolve, reject }];
      waiting.set(key, started);
      void work(key, started);
    });
}
