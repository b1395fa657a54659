"use client";

import { must } from "@onsale/core/shared/assert";
import type { OrganizationSettings } from "@onsale/contract/organization";
import type { OrganizationDraft } from "@onsale/core/organization/organization";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { FormShell } from "../../ui/form/form-shell.tsx";
import { useForm } from "../../ui/form/use-form.ts";
import { SaveFailure } from "../admin/changed-meanwhile.tsx";
import { chooseOrganization } from "../organization/organization-cookie.ts";
import {
  faultsOfOrganization,
  FIELD_LABELS,
  formOfOrganization,
  readOrganization,
} from "./organization-draft-form.ts";
import { OrganizationFields } from "./organization-fields.tsx";

/** The settings of an organization; null: of a new one. */
export function OrganizationForm({ settings }: { settings: OrganizationSettings | null }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const draft = useForm(() => ({ form: formOfOrganization(settings), version: settings?.version ?? 0 }), {
    faultsOf: faultsOfOrganization,
  });
  const { form } = draft;
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
        draft.start({ form: formOfOrganization(saved), version: saved.version });
        router.refresh();
      },
    }),
  );
  const failed = create.error ?? update.error;

  function submit() {
    const read = readOrganization(form, draft.locale);
    draft.tell("faults" in read ? read.faults : {});
    if ("faults" in read) return;
    if (!settings) return create.mutate(read.draft);
    update.mutate({
      organizationId: settings.id,
      version: draft.version,
      draft: read.draft,
    });
  }

  function goOnFrom(theirs: OrganizationSettings, keepMine: boolean) {
    draft.goOnFrom({ form: formOfOrganization(theirs), version: theirs.version }, keepMine);
    update.reset();
    router.refresh();
  }

  /** Asked for after somebody else's change, which a new organization cannot meet. */
  async function readTheirs(): Promise<OrganizationSettings> {
    const { id: organizationId } = must(settings, "only what is there was changed meanwhile");
    return await queries.fetchQuery(trpc.organization.get.queryOptions({ organizationId }, { staleTime: 0 }));
  }

  const failure = failed && (
    <SaveFailure
      error={failed}
      timeZone={settings?.timeZone ?? "UTC"}
      labelOf={(field) => FIELD_LABELS[field as keyof OrganizationDraft] ?? field}
      load={readTheirs}
      differences={(theirs) => {
        const now = formOfOrganization(theirs);
        return draft.clashesWith(now).map((field) => ({
          label: FIELD_LABELS[field],
          mine: form[field],
          theirs: now[field],
        }));
      }}
      onTheirs={(theirs) => goOnFrom(theirs, false)}
      onMine={(theirs) => goOnFrom(theirs, true)}
    />
  );
  return (
    <FormShell
      {...draft.shell}
      onSubmit={submit}
      unsaved={draft.shell.unsaved && !create.isSuccess}
      question="What you typed in the settings is not saved. Leave all the same?"
      saved={update.isSuccess ? "Saved." : null}
      failure={failure}
      action={
        <Button
          kind={settings ? "plain" : "next"}
          type="submit"
          busy={create.isPending || create.isSuccess || update.isPending}
        >
          {settings ? "Save the settings" : "Create the organization"}
        </Button>
      }
    >
      <OrganizationFields
        form={form}
        faults={draft.shell.faults}
        isNew={settings === null}
        set={(patch) => {
          if (update.isSuccess) update.reset();
          draft.set(patch);
        }}
      />
    </FormShell>
  );
}
