"use client";

import type { AdminEvent } from "@onsale/contract/admin-event";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { type Move, movesFrom } from "./event-state.tsx";
import { StaffFailure } from "./staff-failure.tsx";
import styles from "./event-moves.module.css";

const REASON_CHARS_MAX = 200;

/** The lifecycle as buttons: the next usual step in the signal colour, what cannot be undone behind a question. */
export function EventMoves({ event }: { event: AdminEvent }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [asking, setAsking] = useState<Move | null>(null);
  const [reason, setReason] = useState("");
  const move = useMutation(trpc.admin.events.move.mutationOptions({ onSuccess: () => router.refresh() }));
  const run = (to: Move["to"], said?: string) =>
    move.mutate({ eventId: event.id, to, ...(said === undefined ? {} : { reason: said }) });
  const moves = movesFrom(event.state);
  // A draft without prices has another next step: its prices.
  const isReady = event.state !== "draft" || event.priceVersion > 0;
  if (moves.length === 0) return null;
  return (
    <div className={styles["moves"]}>
      <Actions>
        {moves.map((one, index) => (
          <Button
            key={one.to}
            kind={index === 0 && isReady ? "next" : "plain"}
            busy={move.isPending}
            onClick={() => {
              if (one.asks === null) return run(one.to);
              setAsking(one);
            }}
          >
            {one.label}
          </Button>
        ))}
      </Actions>
      {move.isError && <StaffFailure error={move.error} />}
      <Dialog title={asking?.label ?? ""} open={asking !== null} onClose={() => setAsking(null)}>
        <p>{asking?.asks}</p>
        <form
          method="post"
          className={styles["form"]}
          onSubmit={(submitted) => {
            submitted.preventDefault();
            if (asking) run(asking.to, asking.to === "cancelled" ? reason : undefined);
            setAsking(null);
          }}
        >
          {asking?.to === "cancelled" && (
            <Field label="Why" hint="Fans read it in their mail, on their order and on the event's page.">
              {(attributes) => (
                <input
                  {...attributes}
                  required
                  pattern=".*\S.*"
                  title="Say why in a few words."
                  maxLength={REASON_CHARS_MAX}
                  value={reason}
                  onChange={(change) => setReason(change.target.value)}
                />
              )}
            </Field>
          )}
          <Actions>
            <Button onClick={() => setAsking(null)}>Keep it as it is</Button>
            <Button type="submit">{asking?.label}</Button>
          </Actions>
        </form>
      </Dialog>
    </div>
  );
}
