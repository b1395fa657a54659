"use client";

import type { AdminLine } from "@onsale/contract/admin-line";
import type { AdminEvent } from "@onsale/contract/admin-event";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "../../trpc/provider.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { EventLinks } from "../admin/event-links.tsx";
import { StateMark } from "../admin/event-state.tsx";
import { useMay } from "../organization/may-context.tsx";
import { DrawProof } from "./draw-proof.tsx";
import { LineRemove } from "./line-remove.tsx";
import { LineSetup } from "./line-setup.tsx";
import { windowsOf } from "./line-form.ts";
import { ReleaseConsole } from "./release-console.tsx";
import styles from "./line-console.module.css";

const LINES_EVERY_MS = 5_000;

/** The lines of an event: one for each sale window that has one, set up here and run from here. */
export function LineDesk({
  event,
  lines: first,
  windowKey,
  capacity,
}: {
  event: AdminEvent;
  lines: readonly AdminLine[];
  /** From the address; another word shows the first window. */
  windowKey: string | undefined;
  capacity: number | null;
}) {
  const trpc = useTRPC();
  const known = useQuery(
    trpc.admin.lines.list.queryOptions(
      { eventId: event.id },
      { initialData: [...first], refetchInterval: LINES_EVERY_MS },
    ),
  );
  const mayRun = useMay(event.organizationId)("line.run");
  const lines: readonly AdminLine[] = known.data;
  const client = useQueryClient();
  /** What was saved here is known here at once, so that the next lever is not one for the line of before. */
  function onSaved(saved: AdminLine): void {
    const others = lines.filter(({ id }) => id !== saved.id);
    const key = trpc.admin.lines.list.queryKey({ eventId: event.id });
    client.setQueryData(key, [...others, saved]);
    void known.refetch();
  }
  const windows = windowsOf(event);
  const window = windows.find(({ key }) => key === windowKey) ?? windows[0];
  if (!window) return null;
  const line = lines.find((one) => one.windowKey === window.key) ?? null;
  const isOpenToChange = line === null || (line.state === "closed" && line.finishedAtMs === null);
  const canEdit = mayRun && isOpenToChange;
  return (
    <>
      <PageHead title={`The line · ${event.title}`} mark={<StateMark state={event.state} />}>
        <EventLinks event={event} here="line" />
      </PageHead>
      {windows.length > 1 && (
        <nav className={styles["windows"]} aria-label="Sale windows">
          {windows.map(({ key, label }) => (
            <Link key={key} href={`?window=${key}`} aria-current={key === window.key ? "page" : undefined}>
              {label}
              <small>{lines.some((one) => one.windowKey === key) ? "has a line" : "no line"}</small>
            </Link>
          ))}
        </nav>
      )}
      {line && (
        <ReleaseConsole key={line.id} line={line} event={event} onMoved={() => void known.refetch()} />
      )}
      {!line && !mayRun && (
        <EmptyState title="No line stands before this sale.">
          Whoever runs the sale sets one up here; then it is seen from here as it moves.
        </EmptyState>
      )}
      {canEdit && (
        <LineSetup
          key={`setup-${line?.id ?? window.key}`}
          event={event}
          window={window}
          line={line}
          capacity={capacity}
          onSaved={onSaved}
        />
      )}
      {line && !isOpenToChange && <DrawProof line={line} slug={event.slug} timeZone={event.timeZone} />}
      {line && canEdit && (
        <LineRemove key={`remove-${line.id}`} line={line} onRemoved={() => void known.refetch()} />
      )}
    </>
  );
}
