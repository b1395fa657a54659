"use client";

import { formatFigure } from "@onsale/core/shared/format";
import { windowKeyOf } from "@onsale/core/event/window-key";
import { EventId } from "@onsale/core/shared/ids";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AdminEvent } from "../../trpc/types.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { moment } from "@onsale/core/shared/format";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { AccessBatches } from "./access-batches.tsx";
import { AccessCodes } from "./access-codes.tsx";
import { AccessEmails } from "./access-emails.tsx";
import { StaffFailure } from "./staff-failure.tsx";
import fit from "./access.module.css";
import styles from "./portal.module.css";

const REFRESH_MS = 5_000;

/** Presales of an event: who may come in, by what, and what became of it. */
export function AccessView({ event }: { event: AdminEvent }) {
  const trpc = useTRPC();
  const eventId = EventId.parse(event.id);
  const overview = useQuery(
    trpc.admin.access.overview.queryOptions({ eventId }, { refetchInterval: REFRESH_MS }),
  );
  const windows = event.saleWindows.filter(({ kind }) => kind === "presale");
  const keys = [...new Set(windows.map(windowKeyOf))];
  const useOf = (key: string) => overview.data?.presales.find(({ windowKey }) => windowKey === key);
  return (
    <div className={fit["page"]}>
      <PageHead title="Presales" sub={event.title}>
        <ButtonLink href={`/admin/events/${event.id}`}>Edit the event</ButtonLink>
      </PageHead>
      {overview.isError && <StaffFailure error={overview.error} />}
      {keys.length === 0 ? (
        <Notice title="This event has no presale window.">
          <p>
            Add one under Sale windows, with a key and, if you like, a number of places. Then make its codes
            here.
          </p>
        </Notice>
      ) : (
        <div className={styles["scroll"]}>
          <table className={styles["table"]}>
            <thead>
              <tr>
                <th scope="col">Presale</th>
                <th scope="col">Key</th>
                <th scope="col">When</th>
                <th scope="col" className={styles["number"]}>
                  Let in
                </th>
                <th scope="col" className={styles["number"]}>
                  On its list
                </th>
                <th scope="col" className={styles["number"]}>
                  Places sold
                </th>
              </tr>
            </thead>
            <tbody>
              {windows.map((window) => {
                const use = useOf(windowKeyOf(window));
                return (
                  <tr key={`${windowKeyOf(window)} ${window.opensAtMs}`}>
                    <th scope="row">{window.label}</th>
                    <td>{windowKeyOf(window)}</td>
                    <td>
                      {moment(window.opensAtMs, event.timeZone)} to{" "}
                      {moment(window.closesAtMs, event.timeZone)}
                    </td>
                    <td className={styles["number"]}>{count(use?.granted)}</td>
                    <td className={styles["number"]}>{count(use?.listed)}</td>
                    <td className={styles["number"]}>
                      {count(use?.taken)}
                      {window.allotment !== undefined && ` of ${count(window.allotment)}`}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {keys.length > 0 && (
        <div className={styles["split"]}>
          <AccessCodes event={event} keys={keys} />
          <AccessEmails eventId={eventId} keys={keys} />
        </div>
      )}
      {overview.data && overview.data.batches.length > 0 && (
        <AccessBatches event={event} batches={overview.data.batches} />
      )}
    </div>
  );
}

const count = (value = 0) => formatFigure(value);
