import type { DecodeFault, FindSeatsFault } from "@onsale/core/shared/layout-problems";

/** What is said of a file as a whole, and of seats that somebody named; one language's. */
export type FileCatalog = {
  readonly unreadable: (fault: DecodeFault) => string;
  /** It was read by a guess. */
  readonly guessed: string;
  readonly noSeats: (fault: FindSeatsFault) => string;
};
