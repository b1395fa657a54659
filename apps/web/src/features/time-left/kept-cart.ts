/** What this browser's fan holds and has not paid for, for the line at the top of every page. */
export type KeptCart = {
  readonly accountId: string;
  /** Where it is paid for. */
  readonly path: string;
  readonly title: string;
  readonly places: number;
  /** By this machine's own clock. */
  readonly endsAtMs: number;
};

const KEY = "onsale:cart";
/** Tells the line of this page; other tabs hear of it by "storage". */
const CHANGED = "onsale:cart";

/** Carts of several events stand beside each other; the one that ends first is shown. */
export function keepCart(cart: KeptCart): void {
  write([...readCarts().filter(({ path }) => path !== cart.path), cart]);
}

export function forgetCart(path: string): void {
  const kept = readCarts();
  const left = kept.filter((cart) => cart.path !== path);
  if (left.length < kept.length) write(left);
}

export function listenToCarts(onChange: () => void): () => void {
  window.addEventListener("storage", onChange);
  window.addEventListener(CHANGED, onChange);
  return () => {
    window.removeEventListener("storage", onChange);
    window.removeEventListener(CHANGED, onChange);
  };
}

/** As it is stored, so that it is the same for as long as nothing changed. */
export function cartsAsKept(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function cartsIn(kept: string): KeptCart[] {
  try {
    const carts: unknown = JSON.parse(kept === "" ? "[]" : kept);
    return Array.isArray(carts) ? carts.filter(isKeptCart) : [];
  } catch {
    return [];
  }
}

/** The one to show; null: there is none of this account that still runs. */
export function cartToShow(
  carts: readonly KeptCart[],
  { accountId, path, nowMs }: { accountId: string; path: string; nowMs: number },
): KeptCart | null {
  const own = carts.filter(
    (cart) => cart.accountId === accountId && cart.path !== path && cart.endsAtMs > nowMs,
  );
  return own.toSorted((a, b) => a.endsAtMs - b.endsAtMs)[0] ?? null;
}

const readCarts = () => cartsIn(cartsAsKept());

function write(carts: readonly KeptCart[]): void {
  try {
    const running = carts.filter(({ endsAtMs }) => endsAtMs > Date.now());
    localStorage.setItem(KEY, JSON.stringify(running));
  } catch {
    // Storage may be off; then each page shows its own countdown only.
    return;
  }
  window.dispatchEvent(new Event(CHANGED));
}

function isKeptCart(value: unknown): value is KeptCart {
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
