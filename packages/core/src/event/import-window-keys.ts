import type { SaleWindow } from "./event.ts";
import { WINDOW_KEY_MAX, windowKeyOf } from "./window-key.ts";

/**
 * Feeds call several presales of an event the same. Each gets a key of its own ("members", "members-2"), as the codes of
 * one must not open the other; who runs an import again gets the same keys.
 */
export function withOwnKeys(windows: readonly SaleWindow[]): SaleWindow[] {
  const taken = new Set<string>();
  return windows.map((window) => {
    if (window.kind === "public") return window;
    const plain = windowKeyOf(window);
    let key = plain;
    for (let n = 2; taken.has(key); n += 1) {
      const end = `-${n}`;
      key = `${plain.slice(0, WINDOW_KEY_MAX - end.length).replace(/-+$/, "")}${end}`;
    }
    taken.add(key);
    return key === plain ? window : { ...window, key };
  });
}
