"use client";

import type { AdminEvent } from "@onsale/contract/admin-event";
import type { Permission } from "@onsale/core/organization/permissions";
import { ButtonLink } from "../../ui/button.tsx";
import { useMay } from "../organization/may-context.tsx";

type EventPage = "event" | "line" | "sales" | "waitlist" | "access";
type Place = {
  readonly page: EventPage;
  readonly label: string;
  readonly needs: Permission;
  readonly isThere?: (event: AdminEvent) => boolean;
};

const isPriced = ({ priceVersion }: AdminEvent) => priceVersion > 0;
const hasPresale = ({ saleWindows }: AdminEvent) => saleWindows.some(({ kind }) => kind === "presale");

const PLACES: readonly Place[] = [
  { page: "line", label: "The line", needs: "line.read" },
  { page: "sales", label: "Sales", needs: "sales.read", isThere: isPriced },
  { page: "waitlist", label: "Waitlist", needs: "waitlist.read", isThere: isPriced },
  { page: "access", label: "Presales", needs: "access.read", isThere: hasPresale },
];

/** From one page of an event to its others: those that are there, and that the visitor's role includes. */
export function EventLinks({ event, here }: { event: AdminEvent; here: EventPage }) {
  const may = useMay(event.organizationId);
  const path = `/admin/events/${event.id}`;
  return (
    <>
      {here !== "event" && (
        <ButtonLink href={path}>{may("event.write") ? "Edit the event" : "The event"}</ButtonLink>
      )}
      {PLACES.filter(
        ({ page, needs, isThere }) => page !== here && may(needs) && (isThere?.(event) ?? true),
      ).map(({ page, label }) => (
        <ButtonLink key={page} href={`${path}/${page}`}>
          {label}
        </ButtonLink>
      ))}
      {event.state !== "draft" && <ButtonLink href={`/events/${event.slug}`}>Public page</ButtonLink>}
    </>
  );
}
