import type { LatestOrder } from "@onsale/contract/order";
import type { ReactNode } from "react";
import { ButtonLink } from "../../ui/button.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";

/** A checkout without seats: where they went, and the way on. */
export function NothingHeld({
  slug,
  order,
  wasHeld,
}: {
  slug: string;
  /** The fan's latest order in this event. */
  order: LatestOrder | null;
  /** Seats were held on this page and are not any more. */
  wasHeld: boolean;
}) {
  const seats = `/events/${slug}/seats`;
  if (order?.state === "paid")
    return (
      <Empty title="Your order is paid.">
        <p>Order {order.reference} is yours, with its tickets. Nothing else is held for you.</p>
        <ButtonLink kind="next" href={`/orders/${order.id}`}>
          See your tickets
        </ButtonLink>
        <ButtonLink href={seats}>Choose more seats</ButtonLink>
      </Empty>
    );
  return (
    <Empty title={wasHeld ? "These seats are not held for you any more." : "Nothing is held for you."}>
      <p>
        {wasHeld
          ? "Your time ran out or they were let go; nothing was charged. They may still be free."
          : "Held seats wait here while you pay. Nothing was charged."}
      </p>
      <ButtonLink kind="next" href={seats}>
        {wasHeld ? "Choose seats again" : "Choose seats"}
      </ButtonLink>
    </Empty>
  );
}

function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <PageFrame width="message">
      <h1>{title}</h1>
      {children}
    </PageFrame>
  );
}
