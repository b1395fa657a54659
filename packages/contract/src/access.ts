import { TypedCode } from "@onsale/core/access/access";
import { z } from "zod";
import { OneEvent } from "./shared.ts";

/** A presale that somebody may buy in. */
const OpenedPresale = z.object({
  windowKey: z.string(),
  label: z.string(),
  opensAtMs: z.number(),
  closesAtMs: z.number(),
});

export const RedeemCode = OneEvent.extend({ code: TypedCode });
export const RedeemedCode = z.object({
  windowKey: z.string(),
  opened: z.array(OpenedPresale).readonly(),
  nowMs: z.number(),
});
export const MyPresales = z.object({ opened: z.array(OpenedPresale), nowMs: z.number() });
