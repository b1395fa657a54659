import { z } from "zod";
import { rule } from "./schema-rule.ts";
import { isCurrency } from "./currencies.ts";
import { MINOR_UNITS_MAX } from "./minor-units.ts";

/** ISO 4217 alphabetic code of a currency in use. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, rule("currency_form"))
  .refine(isCurrency, rule("currency_unknown"));
export type Currency = z.infer<typeof Currency>;

/** Integer minor units. */
export const PriceMinor = z.int().min(0).max(MINOR_UNITS_MAX);

/** Basis points: 1 bp = 0.01 %. Percentages of money are never floats. */
export const BasisPoints = z.int().min(0).max(10_000);
