"use client";

import type { CheckoutProgress } from "@onsale/contract/checkout";
import type { EventPage, SaleMap } from "@onsale/contract/event";
import type { HoldView } from "@onsale/contract/hold";
import { eventDate } from "@onsale/core/shared/format";
import { formatMoney } from "@onsale/core/shared/money";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { readFailure } from "../errors/app-failure.ts";
import { placeWords } from "../event/event-words.ts";
import { useLocale } from "../locale/locale-context.tsx";
import { Poster } from "../poster/poster.tsx";
import { useTimeLeft } from "../time-left/use-time-left.ts";
import { askAgainInMs, isUnsure } from "./ask-again.ts";
import { Bill } from "./bill.tsx";
import { HeldLines } from "./held-lines.tsx";
import { InQueue } from "./in-queue.tsx";
import { PayMethods } from "./pay-methods.tsx";
import { TimeBox } from "./time-box.tsx";
import styles from "./checkout.module.css";

/** One hold and its price, and the button that pays for it. */
export function Payment({
  event,
  map,
  held,
  latestId,
  note,
  onChanged,
  onPaying,
  onGone,
  onReleased,
}: {
  event: EventPage;
  map: SaleMap;
  held: HoldView;
  /** The fan's latest order in this event. */
  latestId: string | null;
  /** How the pass of the sale's line stands; null without a line. */
  note: ReactNode;
  /** The hold as it is after a change. */
  onChanged: (held: HoldView) => void;
  /** This hold is being paid, from now on or, with null, not any more. */
  onPaying: (held: HoldView | null) => void;
  /** The server does not hold these seats, whatever this page counts down: look again at what is held. */
  onGone: () => void;
  onReleased: () => void;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const [method, setMethod] = useState("card_ok");
  // One key for this attempt: pressing twice, or again after a broken connection, is the same order.
  const [key, setKey] = useState<string | null>(null);
  const { hold, quote } = held;
  const own = { eventId: event.id, holdId: hold.id };
  const left = useTimeLeft(hold);

  const lost = (error: unknown) => {
    const { code, details } = readFailure(error);
    // Another tab has paid meanwhile: this hold goes on as that order.
    if (code === "hold.ordered") router.replace(`/orders/${details.orderId}`);
    if (code === "hold.expired" || code === "hold.not_found" || code === "hold.in_checkout") onGone();
  };

  const pay = useMutation(
    trpc.checkout.start.mutationOptions({
      retry: isUnsure,
      retryDelay: askAgainInMs,
      onMutate: () => onPaying(held),
      onSuccess: (progress) => goOn(progress, (path) => router.replace(path)),
      onError: (error) => {
        onPaying(null);
        const { code, category } = readFailure(error);
        // A final refusal ends this attempt; anything unsure is repeated under the same key.
        if (code !== null && category !== "SERVICE_UNAVAILABLE") setKey(null);
        lost(error);
      },
    }),
  );
  const extend = useMutation(
    trpc.hold.extend.mutationOptions({
      onSuccess: (times) => onChanged({ ...held, hold: { ...hold, ...times } }),
      onError: lost,
    }),
  );
  const release = useMutation(trpc.hold.release.mutationOptions({ onSuccess: onReleased, onError: lost }));
  const unsure = pay.isPending && pay.failureReason ? readFailure(pay.failureReason) : null;
  // The order may be written before this page is told so.
  const isWritten = unsure?.code === "checkout.pending" && unsure.details.orderId === latestId;
  useEffect(() => {
    if (isWritten) router.replace(`/orders/${latestId}`);
  }, [isWritten, latestId, router]);
  const reprice = useMutation(trpc.hold.reprice.mutationOptions({ onSuccess: onChanged, onError: lost }));
  const busy = pay.isPending || pay.isSuccess;
  // With a payment that is not answered yet nobody knows here whether the seats went back: pressing again tells.
  const isSent = busy || key !== null;
  const over = left <= 0 && !isSent;
  const isFree = quote.totalMinor === 0;
  const locale = useLocale();
  const date = eventDate(event.startsAtMs, event.timeZone, locale);

  const start = () => {
    const idempotencyKey = key ?? crypto.randomUUID();
    setKey(idempotencyKey);
    pay.mutate({ ...own, quoteHash: quote.hash, idempotencyKey, method, locale });
  };

  if (unsure) return <InQueue isWritten={unsure.code === "checkout.pending"} />;
  return (
    <PageFrame width="wide" className={styles["page"]}>
      <div className={styles["head"]}>
        <div className={styles["art"]}>
          <Poster title={event.title} genre={event.genre} />
        </div>
        <div>
          <h1>{over ? "Your time ran out" : isFree ? "Get your tickets" : "Pay for your seats"}</h1>
          <p>
            {event.title}, {date.full}, {date.time}
            <br />
            {placeWords(event.venue)}
          </p>
        </div>
      </div>
      <section className={styles["seats"]} aria-labelledby="seats-title">
        <h2 id="seats-title">Seats</h2>
        <HeldLines
          held={held}
          map={map}
          disabled={over || busy || reprice.isPending}
          onItems={(items) => reprice.mutate({ ...own, items })}
        />
        {reprice.isError && <FailureNotice error={reprice.error} />}
        <Bill quote={quote} />
      </section>
      <section className={styles["pay"]} aria-label="Payment">
        {(left > 0 || over) && (
          <TimeBox
            left={left}
            extensionsLeft={hold.extensionsLeft}
            busy={extend.isPending}
            seatsPath={`/events/${event.slug}/seats`}
            onExtend={() => extend.mutate(own)}
          />
        )}
        {note}
        {extend.isError && <FailureNotice error={extend.error} />}
        {!over && !isFree && <PayMethods value={method} onChange={setMethod} disabled={busy} />}
        {pay.isError && <FailureNotice error={pay.error} />}
        {!over && (
          <div className={styles["actions"]}>
            <Button kind="next" busy={busy} disabled={reprice.isPending} onClick={start}>
              {payWords({ busy, isFree, amount: formatMoney(quote.totalMinor, quote.currency, locale) })}
            </Button>
            <Button kind="quiet" disabled={busy || release.isPending} onClick={() => release.mutate(own)}>
              Let these seats go
            </Button>
          </div>
        )}
        {release.isError && <FailureNotice error={release.error} />}
      </section>
    </PageFrame>
  );
}

function payWords({ busy, isFree, amount }: { busy: boolean; isFree: boolean; amount: string }): string {
  if (isFree) return busy ? "Getting tickets" : "Get tickets";
  return busy ? "Paying" : `Pay ${amount}`;
}

/** The order stands in for the checkout, so that Back leads to the seats and not to a Pay button. */
function goOn(progress: CheckoutProgress, replace: (path: string) => void): void {
  if (progress.state === "requires_action" && progress.actionUrl) window.location.replace(progress.actionUrl);
  else replace(`/orders/${progress.orderId}`);
}
