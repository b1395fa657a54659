"use client";

import type { AdminEvent } from "@onsale/contract/admin-event";
import { formatFigure } from "@onsale/core/shared/format";
import { windowKeyOf } from "@onsale/core/event/window-key";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/provider.tsx";
import { ButtonLink } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ValueSkeleton } from "../../ui/skeleton.tsx";
import { moment } from "@onsale/core/shared/format";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { DataTable } from "../../ui/table/data-table.tsx";
import type { TableColumn } from "../../ui/table/table-column.ts";
import { Split } from "../../ui/section.tsx";
import { useMay } from "../organization/may-context.tsx";
import { AccessBatches } from "./access-batches.tsx";
import { AccessCodes } from "./access-codes.tsx";
import { AccessEmails } from "./access-emails.tsx";
import { EventLinks } from "./event-links.tsx";
import { StaffFailure } from "./staff-failure.tsx";

const REFRESH_MS = 5_000;

type SaleWindow = AdminEvent["saleWindows"][number];

/** Presales of an event: who may come in, by what, and what became of it. */
export function AccessView({ event }: { event: AdminEvent }) {
  const trpc = useTRPC();
  const eventId = event.id;
  const overview = useQuery(
    trpc.admin.access.overview.queryOptions({ eventId }, { refetchInterval: REFRESH_MS }),
  );
  const may = useMay(event.organizationId);
  const mayChange = may("access.write");
  const mayWrite = may("event.write");
  const windows = event.saleWindows.filter(({ kind }) => kind === "presale");
  const keys = [...new Set(windows.map(windowKeyOf))];
  const useOf = (key: string) => overview.data?.presales.find(({ windowKey }) => windowKey === key);
  const figure = (of: (window: SaleWindow) => string) => (window: SaleWindow) =>
    overview.isPending ? <ValueSkeleton /> : of(window);
  const columns: readonly TableColumn<SaleWindow>[] = [
    { id: "presale", header: "Presale", names: true, cell: ({ label }) => label },
    { id: "key", header: "Key", cell: windowKeyOf },
    {
      id: "when",
      header: "When",
      cell: ({ opensAtMs, closesAtMs }) =>
        `${moment(opensAtMs, event.timeZone)} to ${moment(closesAtMs, event.timeZone)}`,
    },
    {
      id: "granted",
      header: "Let in",
      figures: true,
      cell: figure((window) => formatFigure(useOf(windowKeyOf(window))?.granted ?? 0)),
    },
    {
      id: "listed",
      header: "On its list",
      figures: true,
      cell: figure((window) => formatFigure(useOf(windowKeyOf(window))?.listed ?? 0)),
    },
    {
      id: "sold",
      header: "Places sold",
      figures: true,
      cell: figure((window) =>
        [useOf(windowKeyOf(window))?.taken ?? 0, window.allotment]
          .filter((value) => value !== undefined)
          .map((value) => formatFigure(value))
          .join(" of "),
      ),
    },
  ];
  return (
    <>
      <PageHead title="Presales" sub={event.title}>
        <EventLinks event={event} here="access" />
      </PageHead>
      {overview.isError && <StaffFailure error={overview.error} />}
      {keys.length === 0 ? (
        <EmptyState
          title="This event has no presale window."
          action={
            mayWrite && (
              <ButtonLink href={`/admin/events/${event.id}#sale-windows`}>Add a sale window</ButtonLink>
            )
          }
        >
          A presale is a sale window with a key and, if you like, a number of places. Its codes and lists are
          made here.
        </EmptyState>
      ) : (
        <DataTable
          label="Presales"
          columns={columns}
          rows={windows}
          keyOf={(window) => `${windowKeyOf(window)} ${window.opensAtMs}`}
        />
      )}
      {keys.length > 0 && mayChange && (
        <Split>
          <AccessCodes event={event} keys={keys} />
          <AccessEmails eventId={eventId} keys={keys} />
        </Split>
      )}
      {keys.length > 0 && (
        <AccessBatches event={event} batches={overview.data?.batches ?? null} mayRevoke={mayChange} />
      )}
    </>
  );
}
