"use client";

import { formatMoney } from "@onsale/core/shared/money";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { CheckoutProgress, EventPage, HeldCart, SaleMap } from "../../trpc/types.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { eventDate, placeWords } from "../event/event-words.ts";
import { Poster } from "../poster/poster.tsx";
import { readFailure } from "../errors/app-failure.ts";
import { LineNote } from "../line/line-note.tsx";
import type { Standing } from "../line/standing.ts";
import { useSaleAccess } from "../line/use-sale-access.ts";
import { Bill } from "./bill.tsx";
import { HeldLines } from "./held-lines.tsx";
import { PayMethods } from "./pay-methods.tsx";
import { TimeBox } from "./time-box.tsx";
import { useTimeLeft } from "./use-time-left.ts";
import styles from "./checkout.module.css";

type CheckoutProps = {
  readonly event: EventPage;
  readonly map: SaleMap;
  readonly carts: readonly HeldCart[];
  readonly accountId: string | null;
  readonly standing: Standing | null | undefined;
};

export function Checkout({ event, map, carts, accountId, standing }: CheckoutProps) {
  const active = carts.filter((cart) => cart.hold.state === "active");
  const [released, setReleased] = useState<readonly string[]>([]);
  const cart = active.findLast((one) => !released.includes(one.hold.id));
  const access = useSaleAccess(event, { accountId, standing, holding: cart !== undefined });
  if (!cart)
    return (
      <main id="main" tabIndex={-1} className={styles["empty"]}>
        <h1>Nothing is held for you.</h1>
        <p>
          {carts.some((one) => one.hold.state === "claimed")
            ? "Your last seats are in an order already; look under My tickets."
            : "Held seats wait here while you pay. Nothing was charged."}
        </p>
        <ButtonLink kind="next" href={`/events/${event.slug}/seats`}>
          Choose seats
        </ButtonLink>
      </main>
    );
  return (
    <Payment
      key={cart.hold.id}
      event={event}
      map={map}
      held={cart}
      note={<LineNote event={event} access={access} paying />}
      onReleased={() => setReleased([...released, cart.hold.id])}
    />
  );
}

function Payment({
  event,
  map,
  held,
  note,
  onReleased,
}: {
  event: EventPage;
  map: SaleMap;
  held: HeldCart;
  /** How the pass of the sale's line stands; null without a line. */
  note: ReactNode;
  onReleased: () => void;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const [cart, setCart] = useState(held);
  const [method, setMethod] = useState("card_ok");
  // One key for this attempt: pressing twice, or again after a broken connection, is the same order.
  const [key, setKey] = useState<string | null>(null);
  const { hold, quote } = cart;
  const own = { eventId: event.id, holdId: hold.id };
  const left = useTimeLeft(hold);

  const pay = useMutation(
    trpc.checkout.start.mutationOptions({
      onSuccess: (progress) => goOn(progress, (path) => router.push(path)),
      onError: (error) => {
        const { code, category } = readFailure(error);
        // A final refusal ends this attempt; anything unsure is repeated under the same key.
        if (code !== null && category !== "SERVICE_UNAVAILABLE") setKey(null);
      },
    }),
  );
  const extend = useMutation(
    trpc.hold.extend.mutationOptions({
      onSuccess: (times) => setCart({ ...cart, hold: { ...hold, ...times } }),
    }),
  );
  const release = useMutation(trpc.hold.release.mutationOptions({ onSuccess: onReleased }));
  const reprice = useMutation(trpc.hold.reprice.mutationOptions({ onSuccess: setCart }));
  const over = left <= 0;
  const busy = pay.isPending || pay.isSuccess;
  const date = eventDate(event.startsAtMs, event.timeZone);

  const start = () => {
    const idempotencyKey = key ?? crypto.randomUUID();
    setKey(idempotencyKey);
    pay.mutate({ ...own, quoteHash: quote.hash, idempotencyKey, method });
  };

  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <div className={styles["head"]}>
        <div className={styles["art"]}>
          <Poster title={event.title} genre={event.genre} />
        </div>
        <div>
          <h1>{over ? "Your time ran out" : "Pay for your seats"}</h1>
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
          cart={cart}
          map={map}
          disabled={over || busy || reprice.isPending}
          onItems={(items) => reprice.mutate({ ...own, items })}
        />
        {reprice.isError && <FailureNotice error={reprice.error} />}
        <Bill quote={quote} />
      </section>
      <section className={styles["pay"]} aria-label="Payment">
        <TimeBox
          left={left}
          extensionsLeft={hold.extensionsLeft}
          busy={extend.isPending}
          seatsPath={`/events/${event.slug}/seats`}
          onExtend={() => extend.mutate(own)}
        />
        {note}
        {extend.isError && <FailureNotice error={extend.error} />}
        {!over && <PayMethods value={method} onChange={setMethod} disabled={busy} />}
        {pay.isError && <FailureNotice error={pay.error} />}
        {!over && (
          <div className={styles["actions"]}>
            <Button kind="next" busy={busy} disabled={reprice.isPending} onClick={start}>
              {busy ? "Paying" : `Pay ${formatMoney(quote.totalMinor, quote.currency)}`}
            </Button>
            <Button kind="quiet" disabled={busy || release.isPending} onClick={() => release.mutate(own)}>
              Let these seats go
            </Button>
          </div>
        )}
        {release.isError && <FailureNotice error={release.error} />}
      </section>
    </main>
  );
}

function goOn(progress: CheckoutProgress, push: (path: string) => void): void {
  if (progress.state === "requires_action" && progress.actionUrl) window.location.assign(progress.actionUrl);
  else push(`/orders/${progress.orderId}`);
}
