/** A pause that ends as soon as somebody rings. A ring while nobody waits is heard by whoever waits next. */
export function makeBell() {
  let hasRung = false;
  let wake: (() => void) | null = null;

  return {
    ring(): void {
      hasRung = true;
      wake?.();
    },
    async wait(ms: number, signal: AbortSignal): Promise<void> {
      if (!hasRung && !signal.aborted)
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            signal.removeEventListener("abort", done);
            wake = null;
            resolve();
          };
          const timer = setTimeout(done, ms);
          signal.addEventListener("abort", done);
          wake = done;
        });
      hasRung = false;
    },
  };
}
export type Bell = ReturnType<typeof makeBell>;
