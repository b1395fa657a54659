"use client";

import type { Locale } from "@onsale/core/shared/locale";
import { formatFigure } from "@onsale/core/shared/format";
import { readEmails } from "@onsale/core/access/read-emails";
import type { DecodedText } from "@onsale/core/shared/decode-text";
import type { EventId } from "@onsale/core/shared/ids";
import { problem } from "@onsale/core/shared/problem";
import { problemWords } from "@onsale/words/problem-words";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ChangeEvent, useState } from "react";
import { useLocale } from "../locale/locale-context.tsx";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { FormShell } from "../../ui/form/form-shell.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Section } from "../../ui/section.tsx";
import { type FieldFaults, stillFaulty } from "../../ui/still-faulty.ts";
import { readTextFile } from "./read-text-file.ts";
import { StaffFailure } from "./staff-failure.tsx";

const FAULTS_SHOWN_MAX = 20;
type Read = ReturnType<typeof readEmails>;

const readList = (decoded: DecodedText): Read =>
  decoded.ok
    ? readEmails(decoded.text)
    : { emails: [], problems: [problem("file.bad_encoding", "", decoded.fault)] };

/** A list of addresses whose accounts need no code. It is read here; with a fault nothing is sent. */
export function AccessEmails({ eventId, keys }: { eventId: EventId; keys: readonly string[] }) {
  const trpc = useTRPC();
  const locale = useLocale();
  const queries = useQueryClient();
  const [read, setRead] = useState<Read | null>(null);
  const [windowKey, setWindowKey] = useState(keys[0] ?? "");
  const [found, tell] = useState<FieldFaults>({});
  const changed = {
    onSuccess: () =>
      queries.invalidateQueries({ queryKey: trpc.admin.access.overview.queryKey({ eventId }) }),
  };
  const add = useMutation(trpc.admin.access.addEmails.mutationOptions(changed));
  const remove = useMutation(trpc.admin.access.removeEmails.mutationOptions(changed));
  const isReady = read !== null && read.problems.length === 0;
  const isSent = add.isSuccess || remove.isSuccess;
  const listFault = faultOfList(read);
  const faults = stillFaulty(found, { list: listFault });

  async function choose({ currentTarget: { files } }: ChangeEvent<HTMLInputElement>) {
    add.reset();
    remove.reset();
    setRead(null);
    tell({});
    const file = files?.[0];
    if (!file) return;
    const now = readList(await readTextFile(file));
    setRead(now);
    tell({ list: faultOfList(now) });
  }

  function submit() {
    tell({ list: listFault });
    if (isReady && !isSent) add.mutate({ eventId, windowKey, emails: read.emails });
  }

  return (
    <Section title="Invite by address">
      <FormShell
        onSubmit={submit}
        unsaved={isReady && !isSent}
        question="This list was read and nobody of it is invited yet. Leave all the same?"
        found={found}
        faults={faults}
        saved={doneWords({ added: add.data, removed: remove.data }, locale)}
        failure={
          <>
            {read && read.problems.length > 0 && <Faults problems={read.problems} />}
            {add.isError && <StaffFailure error={add.error} />}
            {remove.isError && <StaffFailure error={remove.error} />}
          </>
        }
        action={
          <>
            <Button type="submit" disabled={isSent} busy={add.isPending}>
              {isReady ? `Invite ${formatFigure(read.emails.length, { locale })}` : "Invite them"}
            </Button>
            {isReady && (
              <Button
                kind="quiet"
                disabled={isSent}
                busy={remove.isPending}
                onClick={() => remove.mutate({ eventId, windowKey, emails: read.emails })}
              >
                Take them off the list
              </Button>
            )}
          </>
        }
      >
        <Field label="Presale">
          {(attributes) => (
            <select
              {...attributes}
              value={windowKey}
              onChange={({ currentTarget: { value } }) => {
                add.reset();
                remove.reset();
                setWindowKey(value);
              }}
            >
              {keys.map((key) => (
                <option key={key}>{key}</option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label="List of addresses"
          hint="One a line, or a CSV with an e-mail column. Accounts with a confirmed address on it need no code."
          error={faults["list"]}
        >
          {(attributes) => (
            <input
              {...attributes}
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={(change) => void choose(change)}
            />
          )}
        </Field>
      </FormShell>
    </Section>
  );
}

function faultOfList(read: Read | null): string | undefined {
  if (read === null) return "Choose a list first.";
  return read.problems.length > 0 ? "This list has faults, told below. Nothing was saved." : undefined;
}

type Done = {
  readonly added: { readonly added: number; readonly known: number } | undefined;
  readonly removed: { readonly removed: number; readonly unknown: number } | undefined;
};

function doneWords({ added, removed }: Done, locale: Locale): string | null {
  if (added)
    return `${formatFigure(added.added, { locale })} added; ${formatFigure(added.known, { locale })} were on the list before.`;
  if (removed)
    return `${formatFigure(removed.removed, { locale })} taken off the list; ${formatFigure(removed.unknown, { locale })} were not on it. Who came in before keeps access.`;
  return null;
}

function Faults({ problems }: { problems: Read["problems"] }) {
  const locale = useLocale();
  return (
    <Notice tone="stop" title="Faults of the list">
      <ul>
        {problems.slice(0, FAULTS_SHOWN_MAX).map((fault) => (
          <li key={fault.path}>
            {fault.path === "" ? "" : `${fault.path}: `}
            {problemWords(fault, locale)}
          </li>
        ))}
      </ul>
      {problems.length > FAULTS_SHOWN_MAX && (
        <p>And {formatFigure(problems.length - FAULTS_SHOWN_MAX, { locale })} more.</p>
      )}
    </Notice>
  );
}
