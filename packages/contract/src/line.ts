import { EntryNonce, LineId, LineState } from "@onsale/core/line/line";
import { IssuedPass } from "@onsale/core/line/standing";
import { EventId } from "@onsale/core/shared/ids";
import { lookupText } from "@onsale/core/shared/text";
import { z } from "zod";

/** What everybody may know about a line, on the event's page. */
export const PublicLine = z.object({
  id: LineId,
  windowKey: z.string(),
  state: LineState,
  finished: z.boolean(),
  lobbyOpensAtMs: z.number(),
  drawsAtMs: z.number(),
  requireVerifiedEmail: z.boolean(),
});
export type PublicLine = z.infer<typeof PublicLine>;

export const OneLine = z.strictObject({ lineId: LineId });

/** Times are the server's; `nowMs` lets a browser with a wrong clock count down rightly. */
export const LinePass = IssuedPass.extend({ nowMs: z.number() });
export type LinePass = z.infer<typeof LinePass>;

/** `nonce` makes the entry's name the browser's own. */
export const JoinLine = OneLine.extend({ nonce: EntryNonce });
export const MyPlaceAsk = z.strictObject({ eventId: EventId, lineId: LineId.exactOptional() });

const TICKET_CHARS_MAX = 1_000;
export const CheckIn = z.strictObject({ ticket: lookupText({ max: TICKET_CHARS_MAX }) });
export const CheckedIn = z.object({
  kind: z.enum(["present", "inside", "over", "not_called", "lapsed"]),
  calledTo: z.number().nullable(),
});
export type CheckedIn = z.infer<typeof CheckedIn>;

export const DrawProofAsk = OneLine.extend({ entry: z.string().regex(/^[0-9a-f]{32}$/) });
/** The hashes that prove that an entry took part in the draw; see docs/fair-draw.md. */
export const DrawProof = z.object({
  entry: z.string(),
  index: z.number(),
  size: z.number(),
  path: z.array(z.string()).readonly(),
  root: z.string(),
  number: z.number(),
});
