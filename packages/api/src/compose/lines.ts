import { randomBytes } from "node:crypto";
import { HOLD_EXTENSIONS_MAX } from "@onsale/core/event/hold-limits";
import { makeLineGate } from "@onsale/core/line/line-gate";
import { makeLineService } from "@onsale/core/line/line-service";
import { makePlaceService } from "@onsale/core/line/place-service";
import type { Config } from "../config.ts";
import { keysFor, LINE_PASSES } from "../keys/installation-keys.ts";
import type { ServicesDeps } from "./services-deps.ts";
import type { composeAccess } from "./access.ts";

/** The line before a sale: what staff do to it, what fans do in it, and who may pass. */
export function composeLines(
  config: Config,
  { stores, lineCatalog, publicLines, catalog, clock }: ServicesDeps,
  { accessGate }: Pick<ReturnType<typeof composeAccess>, "accessGate">,
) {
  const keys = keysFor(LINE_PASSES, config.authSecrets);
  const line = { store: stores.lines, room: stores.lineRoom };
  return {
    gate: makeLineGate({
      lines: lineCatalog,
      clock,
      passKeys: keys,
      hasOffer: (...asked) => stores.waitlist.hasOffer(...asked),
    }),
    lines: makeLineService({
      ...line,
      catalog: lineCatalog,
      publicLines,
      eventOf: (eventId) => stores.events.findEvent(eventId),
      newSeed: () => randomBytes(32).toString("hex"),
    }),
    places: makePlaceService({
      ...line,
      catalog: publicLines,
      clock,
      keys,
      payMs: async (eventId) => ((await catalog.event(eventId))?.holdTtlMs ?? 0) * (1 + HOLD_EXTENSIONS_MAX),
      async requireAccess(actor, { eventId, windowKey }) {
        const event = await catalog.event(eventId);
        if (event) await accessGate.requireGrant(actor, event, windowKey);
      },
    }),
  };
}
