import { type Romanize, slugOf } from "../shared/slug.ts";
import type { SaleWindow } from "./event.ts";
import { PUBLIC_WINDOW, WINDOW_KEY_MAX, windowKeyOf } from "./window-key.ts";

/** A readable key for a presale, by its label in any script. */
export function presaleKey(label: string, romanize: Romanize): string {
  const key = slugOf(label, { max: WINDOW_KEY_MAX, stem: "presale", romanize });
  return key === "" || key === PUBLIC_WINDOW ? "presale" : key;
}

/**
 * Feeds call several presales of an event the same. Each gets a key of its own ("members", "members-2"), as the codes of
 * one must not open the other; who runs an import again gets the same keys.
 */
export function withOwnKeys(windows: readonly SaleWindow[], romanize: Romanize): SaleWindow[] {
  const taken = new Set<string>();
  return windows.map((window) => {
    if (window.kind === "public") return window;
    const wanted = presaleKey(window.label, romanize);
    let key = wanted;
    for (let n = 2; taken.has(key); n += 1) {
      const end = `-${n}`;
      key = `${wanted.slice(0, WINDOW_KEY_MAX - end.length).replace(/-+$/, "")}${end}`;
    }
    taken.add(key);
    return key === windowKeyOf(window) ? window : { ...window, key };
  });
}
