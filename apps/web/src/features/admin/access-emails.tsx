"use client";

import { formatFigure } from "@onsale/core/shared/format";
import { readEmails } from "@onsale/core/access/read-emails";
import type { DecodedText } from "@onsale/core/shared/decode-text";
import type { EventId } from "@onsale/core/shared/ids";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { readTextFile } from "./read-text-file.ts";
import { StaffFailure } from "./staff-failure.tsx";
import styles from "./portal.module.css";

const FAULTS_SHOWN_MAX = 20;
type Read = ReturnType<typeof readEmails>;

const readList = (decoded: DecodedText): Read =>
  decoded.ok
    ? readEmails(decoded.text)
    : { emails: [], problems: [{ code: "file.bad_encoding", path: "", message: decoded.message }] };

/** A list of addresses whose accounts need no code. It is read here; with a fault nothing is sent. */
export function AccessEmails({ eventId, keys }: { eventId: EventId; keys: readonly string[] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [windowKey, setWindowKey] = useState(keys[0] ?? "");
  const [read, setRead] = useState<Read | null>(null);
  const changed = {
    onSuccess: () =>
      queries.invalidateQueries({ queryKey: trpc.admin.access.overview.queryKey({ eventId }) }),
  };
  const add = useMutation(trpc.admin.access.addEmails.mutationOptions(changed));
  const remove = useMutation(trpc.admin.access.removeEmails.mutationOptions(changed));
  const isReady = read !== null && read.problems.length === 0;

  function submit(submitted: FormEvent) {
    submitted.preventDefault();
    if (isReady) add.mutate({ eventId, windowKey, emails: read.emails });
  }

  return (
    <section className={styles["section"]} aria-labelledby="emails">
      <h2 id="emails">Invite by address</h2>
      <form method="post" className={styles["section"]} onSubmit={submit}>
        <Field label="Presale">
          {(attributes) => (
            <select
              {...attributes}
              value={windowKey}
              onChange={({ currentTarget: { value } }) => setWindowKey(value)}
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
        >
          {(attributes) => (
            <input
              {...attributes}
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={({ currentTarget: { files } }) => {
                add.reset();
                remove.reset();
                setRead(null);
                const file = files?.[0];
                if (file) void readTextFile(file).then((decoded) => setRead(readList(decoded)));
              }}
            />
          )}
        </Field>
        {read && read.problems.length > 0 && <Faults problems={read.problems} />}
        {add.isError && <StaffFailure error={add.error} />}
        {remove.isError && <StaffFailure error={remove.error} />}
        {remove.data && (
          <Notice
            tone="go"
            title={`${formatFigure(remove.data.removed)} taken off the list; ${formatFigure(remove.data.unknown)} were not on it. Who came in before keeps access.`}
          />
        )}
        {add.data && (
          <Notice
            tone="go"
            title={`${formatFigure(add.data.added)} added; ${formatFigure(add.data.known)} were on the list before.`}
          />
        )}
        <div className={styles["actions"]}>
          <Button type="submit" disabled={!isReady || add.isSuccess} busy={add.isPending}>
            {isReady ? `Invite ${formatFigure(read.emails.length)}` : "Invite them"}
          </Button>
          {isReady && (
            <Button
              kind="quiet"
              disabled={remove.isSuccess}
              busy={remove.isPending}
              onClick={() => remove.mutate({ eventId, windowKey, emails: read.emails })}
            >
              Take them off the list
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}

function Faults({ problems }: { problems: Read["problems"] }) {
  return (
    <Notice tone="stop" title="This list has faults. Nothing was saved.">
      <ul>
        {problems.slice(0, FAULTS_SHOWN_MAX).map(({ path, message }) => (
          <li key={path}>
            {path}: {message}
          </li>
        ))}
      </ul>
      {problems.length > FAULTS_SHOWN_MAX && (
        <p>And {formatFigure(problems.length - FAULTS_SHOWN_MAX)} more.</p>
      )}
    </Notice>
  );
}
