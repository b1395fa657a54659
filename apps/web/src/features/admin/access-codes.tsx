"use client";

import type { AdminEvent } from "@onsale/contract/admin-event";
import { formatFigure } from "@onsale/core/shared/format";
import { CODES_MAX, USES_MAX } from "@onsale/core/access/access";
import { codesCsv } from "@onsale/core/access/codes-csv";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FieldGrid } from "../../ui/form/field-grid.tsx";
import { FormShell } from "../../ui/form/form-shell.tsx";
import { useForm } from "../../ui/form/use-form.ts";
import { Notice } from "../../ui/notice.tsx";
import { Section } from "../../ui/section.tsx";
import { type CodesForm, faultsOfCodes, readCodes } from "./access-codes-form.ts";
import { saveFile } from "./save-file.ts";
import { StaffFailure } from "./staff-failure.tsx";
import { WhenField } from "./when-field.tsx";

const SHOWN_MAX = 10;

/** Makes codes and hands them out the one time they can be seen. */
export function AccessCodes({ event, keys }: { event: AdminEvent; keys: readonly string[] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const eventId = event.id;
  const draft = useForm(
    (): { form: CodesForm; version: number } => ({
      form: { windowKey: keys[0] ?? "", count: "100", uses: "1", label: "", until: "" },
      version: 0,
    }),
    { faultsOf: (typed, locale) => faultsOfCodes(typed, { timeZone: event.timeZone, locale }) },
  );
  const { form, shell } = draft;
  const make = useMutation(
    trpc.admin.access.createCodes.mutationOptions({
      onSuccess: () => {
        draft.start({ form, version: 0 });
        return queries.invalidateQueries({ queryKey: trpc.admin.access.overview.queryKey({ eventId }) });
      },
    }),
  );
  const text = (name: keyof CodesForm) => ({
    name,
    value: form[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      draft.set({ [name]: value }),
  });

  // Codes are shown once: whoever leaves, or makes others, without a file of them has lost them.
  const [saved, setSaved] = useState("");
  const lost = make.data !== undefined && saved !== make.data.batchId;
  const loses = "These codes were not saved to a file and cannot be shown again. Go on all the same?";

  function submit() {
    const read = readCodes(form, { timeZone: event.timeZone, locale: draft.locale });
    draft.tell("faults" in read ? read.faults : {});
    if ("faults" in read || (lost && !window.confirm(loses))) return;
    make.mutate({ eventId, ...read.batch });
  }

  return (
    <Section title="Make codes">
      <FormShell
        {...shell}
        onSubmit={submit}
        unsaved={lost || shell.unsaved}
        question={lost ? loses : "You typed for whom codes are and did not make them. Leave all the same?"}
        saved={null}
        failure={make.isError && <StaffFailure error={make.error} />}
        action={
          <Button type="submit" busy={make.isPending}>
            Make them
          </Button>
        }
      >
        <FieldGrid>
          <Field label="Presale" error={shell.faults["windowKey"]}>
            {(attributes) => (
              <select {...attributes} {...text("windowKey")}>
                {keys.map((key) => (
                  <option key={key}>{key}</option>
                ))}
              </select>
            )}
          </Field>
          <Field label="How many codes" error={shell.faults["count"]}>
            {(attributes) => (
              <input {...attributes} {...text("count")} type="number" min={1} max={CODES_MAX} />
            )}
          </Field>
          <Field label="Fans let in by each" hint="One: personal codes." error={shell.faults["uses"]}>
            {(attributes) => <input {...attributes} {...text("uses")} type="number" min={1} max={USES_MAX} />}
          </Field>
          <Field label="Whom they are for" hint="Only you see this." error={shell.faults["label"]}>
            {(attributes) => <input {...attributes} {...text("label")} />}
          </Field>
          <WhenField
            label="Nobody new after"
            hint={`On a clock in ${event.timeZone}; may stay empty.`}
            name="until"
            value={form.until}
            timeZone={event.timeZone}
            error={shell.faults["until"]}
            onValue={(until) => draft.set({ until })}
          />
        </FieldGrid>
      </FormShell>
      {make.data && (
        <Made
          key={make.data.batchId}
          onSaved={() => setSaved(make.data.batchId)}
          codes={make.data.codes}
          batch={{
            event: event.slug,
            windowKey: make.variables.windowKey,
            label: make.variables.label ?? "",
            usesEach: make.variables.usesEach ?? 1,
            expiresAtMs: make.variables.expiresAtMs ?? null,
          }}
        />
      )}
    </Section>
  );
}

function Made({
  codes,
  batch,
  onSaved,
}: {
  codes: readonly string[];
  onSaved: () => void;
  batch: Omit<Parameters<typeof codesCsv>[0], "codes">;
}) {
  const name = `codes-${batch.event}-${batch.windowKey}`;
  const save = (ending: "csv" | "json", type: string, text: string) => {
    saveFile(`${name}.${ending}`, type, text);
    onSaved();
  };
  return (
    <Notice
      tone="go"
      title={`${formatFigure(codes.length)} ${codes.length === 1 ? "code" : "codes"}. Save them now: they are not kept and cannot be shown again.`}
    >
      <Actions>
        <Button kind="next" onClick={() => save("csv", "text/csv", codesCsv({ ...batch, codes }))}>
          Save as CSV
        </Button>
        <Button
          onClick={() => save("json", "application/json", JSON.stringify({ ...batch, codes }, null, 2))}
        >
          Save as JSON
        </Button>
      </Actions>
      <ul aria-label="The first codes">
        {codes.slice(0, SHOWN_MAX).map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      {codes.length > SHOWN_MAX && <p>And {formatFigure(codes.length - SHOWN_MAX)} more in the file.</p>}
    </Notice>
  );
}
