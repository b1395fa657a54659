"use client";

import type { OrganizationDraft } from "@onsale/core/organization/organization";
import { OrganizationId } from "@onsale/core/shared/ids";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { OrganizationSettings } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { hasFault, stillFaulty } from "../../ui/still-faulty.ts";
import { SaveFailure } from "../admin/changed-meanwhile.tsx";
import { clashes, isSameForm, mergeForms } from "../admin/merge-forms.ts";
import portal from "../admin/portal.module.css";
import { useFirstFault } from "../../ui/form/use-first-fault.ts";
import { useUnsaved } from "../../ui/form/use-unsaved.ts";
import { chooseOrganization } from "../organization/organization-cookie.ts";
import {
  faultsOfOrganization,
  FIELD_LABELS,
  formOfOrganization,
  type OrganizationFaults,
  type OrganizationForm as Form,
  readOrganization,
} from "./organization-draft-form.ts";
import { OrganizationFields } from "./organization-fields.tsx";

/** What is typed, and the version of the settings that it was typed over. */
function useDraft(settings: OrganizationSettings | null) {
  const [form, setForm] = useState(() => formOfOrganization(settings));
  const [base, setBase] = useState({ form, version: settings?.version ?? 0 });
  return {
    form,
    base,
    unsaved: !isSameForm(form, base.form),
    set: (patch: Partial<Form>) => setForm((before) => ({ ...before, ...patch })),
    start: (from: { form: Form; base: Form; version: number }) => {
      setForm(from.form);
      setBase({ form: from.base, version: from.version });
    },
  };
}

/** The settings of an organization; null: of a new one. */
export function OrganizationForm({ settings }: { settings: OrganizationSettings | null }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const box = useRef<HTMLFormElement>(null);
  const draft = useDraft(settings);
  const { form, base } = draft;
  const [found, setFound] = useState<OrganizationFaults>({});
  const faults = hasFault(found) ? stillFaulty(found, faultsOfOrganization(form)) : found;
  const create = useMutation(
    trpc.organization.create.mutationOptions({
      onSuccess({ id }) {
        chooseOrganization(id);
        router.push("/admin/members");
        router.refresh();
      },
    }),
  );
  const update = useMutation(
    trpc.organization.update.mutationOptions({
      onSuccess(saved) {
        const now = formOfOrganization(saved);
        draft.start({ form: now, base: now, version: saved.version });
        router.refresh();
      },
    }),
  );
  const failed = create.error ?? update.error;
  useFirstFault(box, found);
  useUnsaved(
    draft.unsaved && !create.isSuccess,
    "What you typed in the settings is not saved. Leave all the same?",
  );

  function submit(submitted: FormEvent) {
    submitted.preventDefault();
    const read = readOrganization(form);
    setFound("faults" in read ? read.faults : {});
    if ("faults" in read) return;
    if (!settings) return create.mutate(read.draft);
    update.mutate({
      organizationId: OrganizationId.parse(settings.id),
      version: base.version,
      draft: read.draft,
    });
  }

  function goOnFrom(theirs: OrganizationSettings, keepMine: boolean) {
    const now = formOfOrganization(theirs);
    const merged = keepMine ? mergeForms({ base: base.form, mine: form, theirs: now }) : now;
    draft.start({ form: merged, base: now, version: theirs.version });
    setFound({});
    update.reset();
    router.refresh();
  }

  return (
    <form method="post" ref={box} className={portal["form"]} onSubmit={submit} noValidate>
      <OrganizationFields
        form={form}
        faults={faults}
        isNew={settings === null}
        set={(patch) => {
          if (update.isSuccess) update.reset();
          draft.set(patch);
        }}
      />
      {failed && (
        <SaveFailure
          error={failed}
          timeZone={settings?.timeZone ?? "UTC"}
          labelOf={(field) => FIELD_LABELS[field as keyof OrganizationDraft] ?? field}
          load={() =>
            queries.fetchQuery(
              trpc.organization.get.queryOptions(
                { organizationId: OrganizationId.parse(settings?.id) },
                { staleTime: 0 },
              ),
            )
          }
          differences={(theirs) => {
            const now = formOfOrganization(theirs);
            return clashes({ base: base.form, mine: form, theirs: now }).map((field) => ({
              label: FIELD_LABELS[field],
              mine: form[field],
              theirs: now[field],
            }));
          }}
          onTheirs={(theirs) => goOnFrom(theirs, false)}
          onMine={(theirs) => goOnFrom(theirs, true)}
        />
      )}
      {update.isSuccess && <Notice tone="go" title="Saved." />}
      {hasFault(faults) && <Notice tone="stop" title="Some fields need another look." />}
      <div className={portal["actions"]}>
        <Button
          kind={settings ? "plain" : "next"}
          type="submit"
          busy={create.isPending || create.isSuccess || update.isPending}
        >
          {settings ? "Save the settings" : "Create the organization"}
        </Button>
      </div>
    </form>
  );
}
