"use client";

import type { CsvColumns } from "@onsale/core/layout/import/import-result";
import { previewList } from "@onsale/core/layout/import/preview-list";
import { isGuess } from "@onsale/core/shared/decode-text";
import { decodeWords, guessWords } from "@onsale/words/file-words";
import { useMutation } from "@tanstack/react-query";
import { type ChangeEvent, useState } from "react";
import { useLocale } from "../locale/locale-context.tsx";
import { useTRPC } from "../../trpc/provider.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Check } from "../../ui/check.tsx";
import { FormColumn } from "../../ui/form/form-shell.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/frame/page-head.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { LayoutColumns } from "./layout-columns.tsx";
import { LayoutPreview } from "./layout-preview.tsx";
import { countWords, Verdict } from "./layout-verdict.tsx";
import { readTextFile } from "./read-text-file.ts";
import { StaffFailure } from "./staff-failure.tsx";

const ACCEPTED = ".json,.csv,.txt,.svg,application/json,text/csv";
type Chosen = {
  readonly fileName: string;
  readonly text: string;
  /** Said when the encoding was guessed. */
  readonly guess: string | null;
};
/** How the file is to be read; what is checked is what is saved. */
type Reading = {
  readonly renameDuplicates: boolean;
  /** null: by their headers. */
  readonly columns: CsvColumns | null;
  readonly notForSale: readonly string[];
};
const AS_IT_IS: Reading = { renameDuplicates: false, columns: null, notForSale: [] };

/** Choose a file, see what it holds and what is wrong with it, then save: nothing is kept before that. */
export function LayoutImport({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const locale = useLocale();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [reading, setReading] = useState<Reading>(AS_IT_IS);
  const check = useMutation(trpc.admin.layouts.import.mutationOptions());
  const save = useMutation(trpc.admin.layouts.import.mutationOptions());

  const request = (text: string, { columns, notForSale, renameDuplicates }: Reading, dryRun: boolean) => ({
    organizationId,
    text,
    renameDuplicates,
    notForSale: [...notForSale],
    dryRun,
    ...(columns === null ? {} : { columns }),
    ...(name.trim() === "" ? {} : { name: name.trim() }),
  });
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    if (!file) return;
    save.reset();
    check.reset();
    const read = await readTextFile(file);
    // Columns and categories are of one file; the next has its own.
    const fresh = { ...AS_IT_IS, renameDuplicates: reading.renameDuplicates };
    setReading(fresh);
    setUnread(read.ok ? null : `${file.name}: ${decodeWords(read.fault, locale)}`);
    const guess = read.ok && isGuess(read.charset) ? guessWords(locale) : null;
    setChosen(read.ok ? { fileName: file.name, text: read.text, guess } : null);
    if (read.ok) check.mutate(request(read.text, fresh, true));
  };
  const read = (patch: Partial<Reading>) => {
    const next = { ...reading, ...patch };
    setReading(next);
    if (chosen) check.mutate(request(chosen.text, next, true));
  };

  const answer = save.data;
  const saved = answer?.layout;
  if (saved)
    return (
      <>
        <PageHead title={saved.name}>
          <ButtonLink href="/admin/layouts">All layouts</ButtonLink>
          <ButtonLink kind="next" href={`/admin/events/new?layout=${saved.id}`}>
            New event with it
          </ButtonLink>
        </PageHead>
        <Notice tone="go" title={`Saved: ${countWords(answer, locale)}.`} />
        <LayoutPreview layoutHash={saved.hash} />
      </>
    );

  const preview = chosen
    ? previewList(chosen.text, reading.columns === null ? {} : { csvColumns: reading.columns })
    : null;
  return (
    <>
      <PageHead title="Import a layout" />
      <FormColumn>
        <Field
          label="Seating plan"
          hint="Onsale JSON, pretix seating plan, seats.io chart, a seat list as CSV, or row ranges. Nothing is saved yet."
        >
          {(attributes) => (
            <input {...attributes} type="file" accept={ACCEPTED} onChange={(event) => void choose(event)} />
          )}
        </Field>
        <Field label="Name" hint="Empty: the name in the file.">
          {(attributes) => (
            <input
              {...attributes}
              value={name}
              maxLength={80}
              onChange={({ currentTarget }) => setName(currentTarget.value)}
            />
          )}
        </Field>
        <Check
          checked={reading.renameDuplicates}
          onChange={({ currentTarget }) => read({ renameDuplicates: currentTarget.checked })}
        >
          Give duplicate seats new names
        </Check>
        {unread && <Notice tone="stop" title={unread} />}
        {chosen?.guess && <Notice tone="wait" title={chosen.guess} />}
        {preview && (
          <LayoutColumns preview={preview} onColumns={(columns) => read({ columns, notForSale: [] })} />
        )}
        {check.isPending && (
          <Skeleton label={`Reading ${chosen?.fileName ?? "the file"}.`} shape="rows" rows={2} />
        )}
        {check.isError && <StaffFailure error={check.error} />}
        {save.isError && <StaffFailure error={save.error} />}
        {check.data && chosen && (
          <Verdict
            answer={check.data}
            fileName={chosen.fileName}
            notForSale={reading.notForSale}
            onNotForSale={(notForSale) => read({ notForSale })}
          />
        )}
        {check.data?.ok && chosen && (
          <Actions>
            <Button
              kind="next"
              busy={save.isPending}
              onClick={() => save.mutate(request(chosen.text, reading, false))}
            >
              Save this layout
            </Button>
          </Actions>
        )}
      </FormColumn>
    </>
  );
}
