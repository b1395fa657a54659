/** Integer minor units (cents for EUR, yen for JPY). 10^12 keeps every sum far inside 2^53. */
export const MINOR_UNITS_MAX = 1_000_000_000_000;
