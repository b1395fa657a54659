/** Refusals and faults of one second, by code; seconds before the release are negative, quiet ones are left out. */
export type ErrorPoint = { readonly second: number; readonly codes: Readonly<Record<string, number>> };
