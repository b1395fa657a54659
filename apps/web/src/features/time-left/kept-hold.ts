/** What this browser's fan holds and has not paid for, for the line at the top of every page. */
export type KeptHold = {
  readonly accountId: string;
  /** Where it is paid for. */
  readonly path: string;
  readonly title: string;
  readonly places: number;
  /** By this machine's own clock. */
  readonly endsAtMs: number;
};

const KEY = "onsale:hold";
/** Tells the line of this page; other tabs hear of it by "storage". */
const CHANGED = "onsale:hold";

/** Holds of several events stand beside each other; the one that ends first is shown. */
export function keepHold(hold: KeptHold): void {
  write([...readHolds().filter(({ path }) => path !== hold.path), hold]);
}

export function forgetHold(path: string): void {
  const kept = readHolds();
  const left = kept.filter((hold) => hold.path !== path);
  if (left.length < kept.length) write(left);
}

export function listenToHolds(onChange: () => void): () => void {
  window.addEventListener("storage", onChange);
  window.addEventListener(CHANGED, onChange);
  return () => {
    window.removeEventListener("storage", onChange);
    window.removeEventListener(CHANGED, onChange);
  };
}

/** As it is stored, so that it is the same for as long as nothing changed. */
export function holdsAsKept(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function holdsIn(kept: string): KeptHold[] {
  try {
    const holds: unknown = JSON.parse(kept === "" ? "[]" : kept);
    return Array.isArray(holds) ? holds.filter(isKeptHold) : [];
  } catch {
    return [];
  }
}

/** The one to show; null: there is none of this account that still runs. */
export function holdToShow(
  holds: readonly KeptHold[],
  { accountId, path, nowMs }: { accountId: string; path: string; nowMs: number },
): KeptHold | null {
  const own = holds.filter(
    (hold) => hold.accountId === accountId && hold.path !== path && hold.endsAtMs > nowMs,
  );
  return own.toSorted((a, b) => a.endsAtMs - b.endsAtMs)[0] ?? null;
}

const readHolds = () => holdsIn(holdsAsKept());

function write(holds: readonly KeptHold[]): void {
  try {
    const running = holds.filter(({ endsAtMs }) => endsAtMs > Date.now());
    localStorage.setItem(KEY, JSON.stringify(running));
  } catch {
    // Storage may be off; then each page shows its own countdown only.
    return;
  }
  window.dispatchEvent(new Event(CHANGED));
}

function isKeptHold(value: unknown): value is KeptHold {
  if (typeof value !== "object" || value === null) return false;
  const { accountId, path, title, places, endsAtMs } = value as Record<string, unknown>;
  return (
    typeof accountId === "string" &&
    typeof path === "string" &&
    /^\/(?:checkout|orders)\/[\w-]+$/.test(path) &&
    typeof title === "string" &&
    Number.isInteger(places) &&
    typeof endsAtMs === "number"
  );
}
