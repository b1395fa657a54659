"use client";

import type { AdminLine } from "@onsale/contract/admin-line";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Section } from "../../ui/section.tsx";
import { Button } from "../../ui/button.tsx";
import { StaffFailure } from "../admin/staff-failure.tsx";

/** Takes back a line whose lobby was never open; asks for a second press. */
export function LineRemove({ line, onRemoved }: { line: AdminLine; onRemoved: () => void }) {
  const trpc = useTRPC();
  const [armed, setArmed] = useState(false);
  const remove = useMutation(trpc.admin.lines.remove.mutationOptions({ onSuccess: onRemoved }));
  function press(): void {
    setArmed(!armed);
    if (armed) remove.mutate({ lineId: line.id });
  }
  return (
    <Section title="Remove this line">
      <p className="soft">
        Nobody stands in it yet. Without it, seats go to whoever is fastest while the sale is open. Once its
        lobby was open it can only be closed.
      </p>
      {remove.isError && <StaffFailure error={remove.error} />}
      <Actions>
        <Button busy={remove.isPending} onClick={press} onBlur={() => setArmed(false)}>
          {armed ? "Press again to remove it" : "Remove this line"}
        </Button>
      </Actions>
    </Section>
  );
}
