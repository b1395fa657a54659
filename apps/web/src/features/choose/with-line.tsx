"use client";

import type { Standing } from "@onsale/core/line/standing";
import type { EventPage } from "@onsale/contract/event";
import type { ReactNode } from "react";
import { LineNote } from "../line/line-note.tsx";
import { useSaleAccess } from "../line/use-sale-access.ts";

/** Whether this fan may take seats now, and what is said about it. */
export type Entry = {
  readonly isOpen: boolean;
  /** A line stands before the sale, and tells more than the sale's own state. */
  readonly hasLine: boolean;
  readonly note: ReactNode;
  readonly onNoPass: () => void;
};

/** The seats behind a line. Loaded where there is one: most events have none, and its page is large. */
export function WithLine({
  event,
  own,
  children,
}: {
  event: EventPage;
  own: { accountId: string | null; standing: Standing | null | undefined; holding: boolean };
  children: (entry: Entry) => ReactNode;
}) {
  const access = useSaleAccess(event, own);
  return children({
    isOpen: access.kind === "open" || access.kind === "in",
    hasLine: access.line !== null && !access.line.finished,
    note: <LineNote event={event} access={access} />,
    onNoPass: access.inLine.session.passRefused,
  });
}
