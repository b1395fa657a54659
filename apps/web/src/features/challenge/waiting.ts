/** Where a provider with something to show may show it. */
export const CHALLENGE_PLACE_ID = "challenge-place";

let running = 0;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

/** Whether some call waits for its challenge, as React's external stores want it. */
export const waiting = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  isRunning: () => running > 0,
  during: async <T>(work: () => Promise<T>): Promise<T> => {
    running++;
    tell();
    try {
      return await work();
    } finally {
      running--;
      tell();
    }
  },
};
