import type { Metadata } from "next";
import { EventTable } from "../../../features/admin/event-table.tsx";
import styles from "../../../features/admin/portal.module.css";
import { api } from "../../../server/bridge.ts";
import { readFor } from "../../../trpc/page-reads.ts";
import { ButtonLink } from "../../../ui/button.tsx";

export const metadata: Metadata = { title: "Events" };

export default async function AdminEventsPage() {
  const events = await readFor("/admin/events", async () => (await api()).admin.events.list());
  return (
    <>
      <div className={styles["top"]}>
        <h1>Events</h1>
        <ButtonLink kind="next" href="/admin/events/new">
          New event
        </ButtonLink>
      </div>
      {events.length > 0 ? <EventTable events={events} /> : <p>No event yet. The first one starts here.</p>}
    </>
  );
}
