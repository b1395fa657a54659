"use client";

import type { PublicLine } from "@onsale/contract/line";
import type { Standing } from "@onsale/core/line/standing";
import type { EventPage } from "@onsale/contract/event";
import { passLeftMs } from "../line-pass/line-memory.ts";
import { type Scene, sceneOf } from "./line-progress.ts";
import { lineAhead } from "../line-pass/standing.ts";
import { type InLine, useLine } from "./use-line.ts";

/**
 * open: no line stands before the seats. in: a pass opens them. checking: not known yet. look: the map may be looked at,
 * seats cannot be taken.
 */
export type SaleAccess = {
  readonly kind: "open" | "in" | "checking" | "look";
  readonly line: PublicLine | null;
  readonly scene: Scene | null;
  readonly inLine: InLine;
};

/** Whether this fan may take seats now; keeps the pass alive, and the place in the line of those who only look. */
export function useSaleAccess(
  event: Pick<EventPage, "id" | "slug" | "lines" | "lineAhead">,
  own: { accountId: string | null; standing: Standing | null | undefined; holding: boolean },
): SaleAccess {
  const line = lineAhead(event);
  const inLine = useLine(
    {
      eventId: event.id,
      slug: event.slug,
      lineId: line?.id ?? "",
      accountId: own.accountId ?? "",
      shopping: true,
      holding: own.holding,
    },
    own.standing,
  );
  const scene = inLine.facts && sceneOf(inLine.facts);
  return { kind: kindOf(line, scene, inLine), line, scene, inLine };
}

function kindOf(line: PublicLine | null, scene: Scene | null, inLine: InLine): SaleAccess["kind"] {
  if (!line || scene?.kind === "finished" || inLine.state.feed.gone) return "open";
  const { pass } = inLine.state.fan;
  if (pass && passLeftMs(pass, inLine.browserMs) > 0) return "in";
  return scene === null || scene.kind === "turn" ? "checking" : "look";
}
