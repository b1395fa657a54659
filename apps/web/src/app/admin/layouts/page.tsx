import { formatFigure, formatDay } from "@onsale/core/shared/format";
import type { Metadata } from "next";
import Link from "next/link";
import { Pages } from "../../../features/admin/pages.tsx";
import styles from "../../../features/admin/portal.module.css";
import { api } from "../../../server/bridge.ts";
import { requireOrganization } from "../../../features/organization/portal.ts";
import { readFor } from "../../../trpc/page-reads.ts";
import { ButtonLink } from "../../../ui/button.tsx";
import { PageHead } from "../../../ui/frame/page-head.tsx";

export const metadata: Metadata = { title: "Layouts" };

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export default async function LayoutsPage({ searchParams }: Props) {
  const { after } = await searchParams;
  const params = { after: typeof after === "string" ? after.slice(0, 100) : "" };
  const { id: organizationId } = await requireOrganization();
  const page = await readFor("/admin/layouts", async () =>
    (await api()).admin.layouts.list({ organizationId, after: params.after || null }),
  );
  return (
    <>
      <PageHead title="Layouts">
        <ButtonLink kind="next" href="/admin/layouts/import">
          Import a layout
        </ButtonLink>
      </PageHead>
      {page.total === 0 ? (
        <p>No layout yet. Import a seating plan to sell seats from it.</p>
      ) : (
        <div className={styles["scroll"]}>
          <table className={styles["table"]}>
            <thead>
              <tr>
                <th scope="col">Layout</th>
                <th scope="col" className={styles["number"]}>
                  Seats
                </th>
                <th scope="col" className={styles["number"]}>
                  Standing
                </th>
                <th scope="col">Version</th>
                <th scope="col">Saved</th>
              </tr>
            </thead>
            <tbody>
              {page.items.map((layout) => (
                <tr key={layout.id}>
                  <th scope="row">
                    <Link href={`/admin/layouts/${layout.id}`}>{layout.name}</Link>
                  </th>
                  <td className={styles["number"]}>{formatFigure(layout.seatCount)}</td>
                  <td className={styles["number"]}>{formatFigure(layout.gaCapacity)}</td>
                  <td>
                    <code>{layout.hash.slice(0, 8)}</code>
                  </td>
                  <td>{formatDay(layout.createdAtMs, { timeZone: "UTC" })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pages path="/admin/layouts" params={params} page={page} nouns={["layout", "layouts"]} />
    </>
  );
}
