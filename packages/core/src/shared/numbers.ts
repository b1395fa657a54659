import { z } from "zod";

/** What a column of whole numbers holds. */
const INT32_MAX = 2_147_483_647;
const YEAR_2200_MS = 7_258_118_400_000;

export const Count = z.int().min(0).max(INT32_MAX);

/** A moment in epoch milliseconds, of a sale or an event: from 1970 to 2199. Others are typing errors or worse. */
export const Instant = z
  .int()
  .min(0)
  .max(YEAR_2200_MS - 1);
