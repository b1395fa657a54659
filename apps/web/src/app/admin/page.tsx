import Link from "next/link";
import { EventTable } from "../../features/admin/event-table.tsx";
import styles from "../../features/admin/portal.module.css";
import { api } from "../../server/bridge.ts";
import { readFor } from "../../trpc/page-reads.ts";
import { ButtonLink } from "../../ui/button.tsx";

export default async function AdminPage() {
  const { events, layouts } = await readFor("/admin", async () => {
    const caller = await api();
    const [all, known] = await Promise.all([caller.admin.events.list(), caller.admin.layouts.list()]);
    return { events: all, layouts: known };
  });
  const live = events.filter((event) => ["on_sale", "paused", "sold_out"].includes(event.state));
  const count = (state: string) => events.filter((event) => event.state === state).length;
  return (
    <>
      <div className={styles["top"]}>
        <h1>Overview</h1>
        <ButtonLink href="/admin/events/new">New event</ButtonLink>
      </div>
      <dl className={styles["figures"]}>
        <Figure label="On sale" value={count("on_sale")} />
        <Figure label="Paused" value={count("paused")} />
        <Figure label="Published" value={count("published")} />
        <Figure label="Drafts" value={count("draft")} />
        <Figure label="Layouts" value={layouts.length} />
      </dl>
      <section className={styles["section"]} aria-labelledby="live">
        <h2 id="live">Selling now</h2>
        {live.length > 0 ? (
          <EventTable events={live} />
        ) : (
          <p>
            Nothing is on sale. <Link href="/admin/events">Open an event</Link> or import a layout first.
          </p>
        )}
      </section>
    </>
  );
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value.toLocaleString("en")}</dd>
    </div>
  );
}
