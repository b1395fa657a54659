"use client";

import { formatFigure } from "@onsale/core/shared/format";
import { CODES_MAX, USES_MAX } from "@onsale/core/access/access";
import { codesCsv } from "@onsale/core/access/codes-csv";
import { EventId } from "@onsale/core/shared/ids";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import type { AdminEvent } from "../../trpc/types.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { inputToMs } from "./local-time.ts";
import { saveFile } from "./save-file.ts";
import { useUnsaved } from "../../ui/form/use-unsaved.ts";
import { WhenField } from "./when-field.tsx";
import { StaffFailure } from "./staff-failure.tsx";
import styles from "./portal.module.css";

const SHOWN_MAX = 10;

/** Makes codes and hands them out the one time they can be seen. */
export function AccessCodes({ event, keys }: { event: AdminEvent; keys: readonly string[] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const eventId = EventId.parse(event.id);
  const [form, setForm] = useState({
    windowKey: keys[0] ?? "",
    count: "100",
    uses: "1",
    label: "",
    until: "",
  });
  const make = useMutation(
    trpc.admin.access.createCodes.mutationOptions({
      onSuccess: () =>
        queries.invalidateQueries({ queryKey: trpc.admin.access.overview.queryKey({ eventId }) }),
    }),
  );
  const text = (name: keyof typeof form) => ({
    name,
    value: form[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setForm((before) => ({ ...before, [name]: value })),
  });

  // Codes are shown once: whoever leaves, or makes others, without a file of them has lost them.
  const [saved, setSaved] = useState("");
  const lost = make.data !== undefined && saved !== make.data.batchId;
  const question = "These codes were not saved to a file and cannot be shown again. Go on all the same?";
  useUnsaved(lost, question);

  function submit(submitted: FormEvent) {
    submitted.preventDefault();
    if (lost && !window.confirm(question)) return;
    make.mutate({
      eventId,
      windowKey: form.windowKey,
      count: Number(form.count),
      usesEach: Number(form.uses),
      label: form.label,
      expiresAtMs: inputToMs(form.until, event.timeZone),
    });
  }

  return (
    <section className={styles["section"]} aria-labelledby="make-codes">
      <h2 id="make-codes">Make codes</h2>
      <form method="post" className={styles["grid"]} onSubmit={submit}>
        <Field label="Presale">
          {(attributes) => (
            <select {...attributes} {...text("windowKey")}>
              {keys.map((key) => (
                <option key={key}>{key}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label="How many codes">
          {(attributes) => (
            <input {...attributes} {...text("count")} type="number" min={1} max={CODES_MAX} required />
          )}
        </Field>
        <Field label="Fans let in by each" hint="One: personal codes.">
          {(attributes) => (
            <input {...attributes} {...text("uses")} type="number" min={1} max={USES_MAX} required />
          )}
        </Field>
        <Field label="Whom they are for" hint="Only you see this.">
          {(attributes) => <input {...attributes} {...text("label")} maxLength={80} />}
        </Field>
        <WhenField
          label="Nobody new after"
          hint={`On a clock in ${event.timeZone}; may stay empty.`}
          name="until"
          value={form.until}
          timeZone={event.timeZone}
          error={undefined}
          onValue={(until) => setForm((before) => ({ ...before, until }))}
        />
        <div className={styles["wide"]}>
          <Button type="submit" busy={make.isPending}>
            Make them
          </Button>
        </div>
      </form>
      {make.isError && <StaffFailure error={make.error} />}
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
    </section>
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
      <div className={styles["actions"]}>
        <Button kind="next" onClick={() => save("csv", "text/csv", codesCsv({ ...batch, codes }))}>
          Save as CSV
        </Button>
        <Button
          onClick={() => save("json", "application/json", JSON.stringify({ ...batch, codes }, null, 2))}
        >
          Save as JSON
        </Button>
      </div>
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
