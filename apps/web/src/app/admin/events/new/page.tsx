import type { Metadata } from "next";
import { EventForm } from "../../../../features/admin/event-form.tsx";
import styles from "../../../../features/admin/portal.module.css";
import { everyLayout } from "../../../../features/admin/every-layout.ts";
import { api } from "../../../../server/bridge.ts";
import { readFor } from "../../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "New event" };

type Props = { searchParams: Promise<{ layout?: string | string[] }> };

export default async function NewEventPage({ searchParams }: Props) {
  const { layout } = await searchParams;
  const { venues, layouts } = await readFor("/admin/events/new", async () => {
    const caller = await api();
    const [places, known] = await Promise.all([caller.admin.venues.list(), everyLayout(caller)]);
    return { venues: places, layouts: known };
  });
  return (
    <>
      <div className={styles["top"]}>
        <h1>New event</h1>
      </div>
      <EventForm
        event={null}
        venues={venues}
        layouts={layouts}
        layoutId={typeof layout === "string" ? layout : undefined}
      />
    </>
  );
}
