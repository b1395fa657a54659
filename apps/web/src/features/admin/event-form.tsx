"use client";

import { EventId } from "@onsale/core/shared/ids";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AdminEvent, AdminLayout, AdminVenue } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { FormShell } from "../../ui/form/form-shell.tsx";
import { hasFault, stillFaulty } from "../../ui/still-faulty.ts";
import { SaveFailure } from "./changed-meanwhile.tsx";
import { type DraftForm, type Faults, faultsOfDraft, formOf, readDraft } from "./event-draft-form.ts";
import { EventFields } from "./event-fields.tsx";
import { fieldLabel, fieldText } from "./event-form-words.ts";
import { clashes, isSameForm, mergeForms } from "./merge-forms.ts";
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

/** What is typed, and the version of the event that it was typed over. */
function useDraft({ event, ...choices }: FormProps) {
  const first = firstOf(choices);
  const [form, setForm] = useState(() => formOf(event, first));
  const [base, setBase] = useState({ form, version: event?.detailsVersion ?? 0 });
  return {
    form,
    base,
    setForm,
    unsaved: !isSameForm(form, base.form),
    formOfTheirs: (theirs: AdminEvent) => formOf(theirs, first),
    start: (from: { form: DraftForm; base: DraftForm; version: number }) => {
      setForm(from.form);
      setBase({ form: from.base, version: from.version });
    },
  };
}

export function EventForm(props: FormProps) {
  const { organizationId, event, venues, layouts } = props;
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const draft = useDraft(props);
  const { form, base } = draft;
  const [found, setFound] = useState<Faults>({});
  const faults = hasFault(found) ? stillFaulty(found, faultsOfDraft(form)) : found;
  const create = useMutation(
    trpc.admin.events.create.mutationOptions({ onSuccess: ({ id }) => router.push(`/admin/events/${id}`) }),
  );
  const update = useMutation(
    trpc.admin.events.update.mutationOptions({
      onSuccess: ({ version }) => {
        draft.start({ form, base: form, version });
        router.refresh();
      },
    }),
  );
  const failed = create.error ?? update.error;

  function set(patch: Partial<DraftForm>) {
    if (update.isSuccess) update.reset();
    draft.setForm((before) => ({ ...before, ...patch }));
  }

  function submit() {
    const read = readDraft(form);
    setFound("faults" in read ? read.faults : {});
    if ("faults" in read) return;
    if (event) update.mutate({ eventId: EventId.parse(event.id), version: base.version, draft: read.draft });
    else create.mutate({ organizationId, draft: read.draft });
  }

  function goOnFrom(theirs: AdminEvent, keepMine: boolean) {
    const now = draft.formOfTheirs(theirs);
    const merged = keepMine ? mergeForms({ base: base.form, mine: form, theirs: now }) : now;
    draft.start({ form: merged, base: now, version: theirs.detailsVersion });
    setFound({});
    update.reset();
    router.refresh();
  }

  return (
    <FormShell
      onSubmit={submit}
      unsaved={draft.unsaved && !create.isSuccess}
      question="What you typed in the details is not saved. Leave all the same?"
      found={found}
      faults={faults}
      saved={update.isSuccess}
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
              const now = draft.formOfTheirs(theirs);
              return clashes({ base: base.form, mine: form, theirs: now }).map((field) => ({
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
