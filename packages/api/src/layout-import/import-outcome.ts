import type { ImportOptions, ImportResult } from "@onsale/core/layout/import/import-result";
import type { PreparedLayout } from "@onsale/core/layout/layout-service";

export type ImportTask = { readonly text: string; readonly options: ImportOptions };

/** What comes back of a result from one process to another: nothing that grows with the layout but text. */
export type ImportOutcome = Pick<ImportResult, "ok" | "format" | "counts" | "problems" | "notes"> & {
  readonly problemCount: number;
  /** By name, of a file without faults. */
  readonly categories: readonly string[];
  /** null: the file has faults. */
  readonly prepared: PreparedLayout | null;
};

/** One line of JSON, and behind it the layout's own JSON as it is: text that is not quoted need not be read to be kept. */
export function packOutcome({ prepared, ...outcome }: ImportOutcome): string {
  const { text = "", ...rest } = prepared ?? {};
  return `${JSON.stringify({ ...outcome, prepared: prepared && rest })}\n${text}`;
}

export function unpackOutcome(packed: string): ImportOutcome {
  const end = packed.indexOf("\n");
  const { prepared, ...outcome } = JSON.parse(packed.slice(0, end)) as ImportOutcome;
  return { ...outcome, prepared: prepared && { ...prepared, text: packed.slice(end + 1) } };
}
