import { makeBoundedMap } from "@onsale/core/shared/bounded-map";
import type { Clock } from "@onsale/core/shared/clock";

/**
 * From this age on somebody's request renders the page again; from the older one on nobody is shown it any more. The
 * catalog's own second comes on top: a change is seen within two.
 */
const DUE_AFTER_MS = 500;
const STALE_AFTER_MS = 1_000;
const KEPT_MAX = 300;

type Render<Page> = { readonly work: () => Promise<Page>; readonly mayKeep: (page: Page) => boolean };

/** What is the same for everyone who is not signed in, for a moment. `Page` holds nothing of a visitor. */
export function makeKeptPages<Page>({ nowMs }: Clock, keptMax = KEPT_MAX) {
  const pages = makeBoundedMap<string, { atMs: number; page: Page }>(keptMax);
  const flights = new Map<string, Promise<Page>>();

  return {
    /** null: nothing that may be shown. */
    look(key: string): { readonly page: Page; readonly isDue: boolean } | null {
      const kept = pages.get(key);
      if (!kept) return null;
      const ageMs = nowMs() - kept.atMs;
      if (ageMs >= STALE_AFTER_MS || ageMs < 0) return null;
      return { page: kept.page, isDue: ageMs >= DUE_AFTER_MS && !flights.has(key) };
    },
    /** The render of this page that runs right now. */
    underWay: (key: string): Promise<Page> | undefined => flights.get(key),
    /** Renders, and keeps what may be kept. A page is as old as the moment at which its render began. */
    render(key: string, { work, mayKeep }: Render<Page>): Promise<Page> {
      const atMs = nowMs();
      const flight = work().then((page) => {
        if (mayKeep(page)) pages.set(key, { atMs, page });
        else pages.delete(key);
        return page;
      });
      flights.set(key, flight);
      const settled = () => void flights.delete(key);
      flight.then(settled, settled);
      return flight;
    },
  };
}
