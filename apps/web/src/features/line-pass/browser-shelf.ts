import { isLineKey, makeTabShelf, type Shelf } from "./line-memory.ts";

const PROBE = "onsale:probe";
let shelf: Shelf | null = null;

/** localStorage where the browser keeps it; else this tab's memory, so that a place and a pass still work in one tab. */
export function browserShelf(): Shelf {
  shelf ??= probed() ?? makeTabShelf();
  return shelf;
}

function probed(): Shelf | null {
  try {
    window.localStorage.setItem(PROBE, "1");
    window.localStorage.removeItem(PROBE);
    return window.localStorage;
  } catch {
    return null;
  }
}

/** Calls when another tab changed a place or a pass. */
export function onShelfChange(listener: () => void): () => void {
  const hear = (event: StorageEvent) => {
    if (isLineKey(event.key)) listener();
  };
  window.addEventListener("storage", hear);
  return () => window.removeEventListener("storage", hear);
}
