"use client";

import { LineId } from "@onsale/core/line/line";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import portal from "../admin/portal.module.css";
import { StaffFailure } from "../admin/staff-failure.tsx";
import type { AdminLine } from "./line-types.ts";
import styles from "./line-console.module.css";

/** Takes back a line whose lobby was never open; asks for a second press. */
export function LineRemove({ line, onRemoved }: { line: AdminLine; onRemoved: () => void }) {
  const trpc = useTRPC();
  const [armed, setArmed] = useState(false);
  const remove = useMutation(trpc.admin.lines.remove.mutationOptions({ onSuccess: onRemoved }));
  function press(): void {
    setArmed(!armed);
    if (armed) remove.mutate({ lineId: LineId.parse(line.id) });
  }
  return (
    <section className={styles["section"]} aria-labelledby="remove-title">
      <h2 id="remove-title">Remove this line</h2>
      <p className={portal["sub"]}>
        Nobody stands in it yet. Without it, seats go to whoever is fastest while the sale is open. Once its
        lobby was open it can only be closed.
      </p>
      {remove.isError && <StaffFailure error={remove.error} />}
      <div className={portal["actions"]}>
        <Button busy={remove.isPending} onClick={press} onBlur={() => setArmed(false)}>
          {armed ? "Press again to remove it" : "Remove this line"}
        </Button>
      </div>
    </section>
  );
}
