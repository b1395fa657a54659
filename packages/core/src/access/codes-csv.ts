import { formatCsv } from "../shared/csv.ts";

/** What leaves the server once: one code a line, safe to open in a spreadsheet. */
export function codesCsv(batch: {
  readonly event: string;
  readonly windowKey: string;
  readonly label: string;
  readonly usesEach: number;
  readonly expiresAtMs: number | null;
  readonly codes: readonly string[];
}): string {
  const expires = batch.expiresAtMs === null ? "" : new Date(batch.expiresAtMs).toISOString();
  return formatCsv([
    ["code", "event", "presale", "label", "uses", "expires"],
    ...batch.codes.map((code) => [code, batch.event, batch.windowKey, batch.label, batch.usesEach, expires]),
  ]);
}
