"use client";

import { formatFigure } from "@onsale/core/shared/format";
import { EventId } from "@onsale/core/shared/ids";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AccessOverview, AdminEvent } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { moment } from "@onsale/core/shared/format";
import { StaffFailure } from "./staff-failure.tsx";
import fit from "./access.module.css";
import styles from "./portal.module.css";

type Batch = AccessOverview["batches"][number];

/** Codes that were made, how many fans came in by them, and the way to stop them. */
export function AccessBatches({ event, batches }: { event: AdminEvent; batches: readonly Batch[] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const eventId = EventId.parse(event.id);
  const revoke = useMutation(
    trpc.admin.access.revoke.mutationOptions({
      onSuccess: () =>
        queries.invalidateQueries({ queryKey: trpc.admin.access.overview.queryKey({ eventId }) }),
    }),
  );
  return (
    <section className={`${styles["section"]} ${fit["fits"]}`} aria-labelledby="batches">
      <h2 id="batches">Codes made so far</h2>
      {revoke.isError && <StaffFailure error={revoke.error} />}
      <div className={styles["scroll"]}>
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col">Presale</th>
              <th scope="col">Made</th>
              <th scope="col" className={styles["number"]}>
                Codes
              </th>
              <th scope="col" className={styles["number"]}>
                Used
              </th>
              <th scope="col">Until</th>
              <th scope="col">
                <span className="visually-hidden">Revoke</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {batches.map((batch) => (
              <tr key={batch.batchId}>
                <th scope="row">{batch.label || "No label"}</th>
                <td>{batch.windowKey}</td>
                <td>{moment(batch.createdAtMs, event.timeZone)}</td>
                <td className={styles["number"]}>{formatFigure(batch.codes)}</td>
                <td className={styles["number"]}>
                  {formatFigure(batch.uses)} of {formatFigure(batch.codes * batch.usesEach)}
                </td>
                <td>
                  {batch.expiresAtMs === null
                    ? "the end of the presale"
                    : moment(batch.expiresAtMs, event.timeZone)}
                </td>
                <td>
                  <Revoke
                    batch={batch}
                    busy={revoke.isPending}
                    onRevoke={() => revoke.mutate({ eventId, batchId: batch.batchId })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Asks once more: nobody can bring a revoked code back. */
function Revoke({ batch, busy, onRevoke }: { batch: Batch; busy: boolean; onRevoke: () => void }) {
  const [asked, setAsked] = useState(false);
  if (batch.revoked === batch.codes) return <>Revoked</>;
  if (!asked)
    return (
      <Button
        kind="quiet"
        aria-label={`Revoke ${batch.label || "these codes"}`}
        onClick={() => setAsked(true)}
      >
        Revoke
      </Button>
    );
  return (
    <Button busy={busy} onClick={onRevoke}>
      Let nobody new in
    </Button>
  );
}
