"use client";

import type { AdminEvent } from "@onsale/contract/admin-event";
import type { AdminLayout } from "@onsale/contract/admin-layout";
import type { AdminVenue } from "@onsale/contract/venue";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { FormShell } from "../../ui/form/form-shell.tsx";
import { useForm } from "../../ui/form/use-form.ts";
import { SaveFailure } from "./changed-meanwhile.tsx";
import { type DraftForm, faultsOfDraft, formOf, readDraft } from "./event-draft-form.ts";
import { EventFields } from "./event-fields.tsx";
import { fieldLabel, fieldText } from "./event-form-words.ts";
import { SaleWindows } from "./sale-windows.tsx";

type Choices = {
  /** Whose event it is. */
  readonly organizationId: string;
  readonly venues: readonly AdminVenue[];
  readonly layouts: readonly AdminLayout[];
  /** What a new event has before anything is typed. */
  readonly starts?: {
    /** Of the layout from which somebody came. */
    readonly layoutId: string | undefined;
    /** Of the organization. */
    readonly currency: string;
    readonly timeZone: string;
  };
};
type FormProps = Choices & { readonly event: AdminEvent | null };

function firstOf({ venues, layouts, starts }: Omit<Choices, "organizationId">) {
  return {
    venueId: venues[0]?.id ?? "",
    timeZone: venues[0]?.timeZone ?? starts?.timeZone ?? "",
    currency: starts?.currency ?? "",
    layoutId: layouts.find(({ id }) => id === starts?.layoutId)?.id ?? "",
  };
}

export function EventForm(props: FormProps) {
  const { organizationId, event, venues, layouts } = props;
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const standOf = (now: AdminEvent | null) => ({
    form: formOf(now, firstOf(props)),
    version: now?.detailsVersion ?? 0,
  });
  const draft = useForm(() => standOf(event), { faultsOf: faultsOfDraft });
  const { form } = draft;
  const { faults } = draft.shell;
  const create = useMutation(
    trpc.admin.events.create.mutationOptions({ onSuccess: ({ id }) => router.push(`/admin/events/${id}`) }),
  );
  const update = useMutation(
    trpc.admin.events.update.mutationOptions({
      onSuccess: ({ version }) => {
        draft.start({ form, version });
        router.refresh();
      },
    }),
  );
  const failed = create.error ?? update.error;

  function set(patch: Partial<DraftForm>) {
    if (update.isSuccess) update.reset();
    draft.set(patch);
  }

  function submit() {
    const read = readDraft(form, draft.locale);
    draft.tell("faults" in read ? read.faults : {});
    if ("faults" in read) return;
    if (event) update.mutate({ eventId: event.id, version: draft.version, draft: read.draft });
    else create.mutate({ organizationId, draft: read.draft });
  }

  function goOnFrom(theirs: AdminEvent, keepMine: boolean) {
    draft.goOnFrom(standOf(theirs), keepMine);
    update.reset();
    router.refresh();
  }

  return (
    <FormShell
      {...draft.shell}
      onSubmit={submit}
      unsaved={draft.shell.unsaved && !create.isSuccess}
      question="What you typed in the details is not saved. Leave all the same?"
      saved={update.isSuccess ? "Saved." : null}
      failure={
        failed && (
          <SaveFailure
            error={failed}
            timeZone={event?.timeZone ?? form.timeZone}
            labelOf={fieldLabel}
            load={async () => {
              const idOrSlug = event?.id ?? "";
              const page = trpc.admin.events.get.queryOptions({ idOrSlug }, { staleTime: 0 });
              return (await queries.fetchQuery(page)).event;
            }}
            differences={(theirs) => {
              const now = standOf(theirs).form;
              return draft.clashesWith(now).map((field) => ({
                label: fieldLabel(field),
                mine: fieldText(form, field),
                theirs: fieldText(now, field),
              }));
            }}
            onTheirs={(theirs) => goOnFrom(theirs, false)}
            onMine={(theirs) => goOnFrom(theirs, true)}
          />
        )
      }
      action={
        <Button
          kind={event ? "plain" : "next"}
          type="submit"
          busy={create.isPending || create.isSuccess || update.isPending}
        >
          {event ? "Save the details" : "Create the event"}
        </Button>
      }
    >
      <EventFields
        {...{ form, faults, set, venues, layouts, organizationId }}
        isNew={event === null}
        fixed={event !== null && event.state !== "draft"}
      />
      <SaleWindows
        windows={form.windows}
        timeZone={form.timeZone}
        faults={faults}
        onWindows={(windows) => set({ windows })}
      />
    </FormShell>
  );
}
