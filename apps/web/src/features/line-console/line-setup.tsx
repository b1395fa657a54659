"use client";

import type { AdminLine } from "@onsale/contract/admin-line";
import type { AdminEvent } from "@onsale/contract/admin-event";
import type { Locale } from "@onsale/core/shared/locale";
import { isWindowSelling } from "@onsale/core/event/sale-window";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Section } from "../../ui/section.tsx";
import { SaveFailure } from "../admin/changed-meanwhile.tsx";
import { FormShell } from "../../ui/form/form-shell.tsx";
import { useForm } from "../../ui/form/use-form.ts";
import {
  formOfLine,
  LINE_LABELS,
  type LineForm,
  type LineWindow,
  newLineForm,
  readLineForm,
} from "./line-form.ts";
import { PaceFields, TimeFields, WhenFields, WhoFields, WordFields } from "./setup-fields.tsx";

/** The rules of a line, each with what it means for fans. Open until the lobby opens. */
export function LineSetup({
  event,
  window,
  line,
  capacity,
  onSaved,
}: {
  event: AdminEvent;
  window: LineWindow;
  line: AdminLine | null;
  capacity: number | null;
  onSaved: (saved: AdminLine) => void;
}) {
  const trpc = useTRPC();
  const { timeZone } = event;
  const read = (form: LineForm, locale: Locale) =>
    readLineForm(form, { windowKey: window.key, timeZone, pacePct: line?.pacePct ?? 100, locale });
  const draft = useForm(
    () => ({
      form: line ? formOfLine(line, timeZone) : newLineForm(window, { timeZone, nowMs: Date.now() }),
      version: line?.settingsVersion ?? 0,
    }),
    {
      faultsOf: (typed, locale) => {
        const now = read(typed, locale);
        return "faults" in now ? now.faults : {};
      },
    },
  );
  const { form } = draft;
  const [armed, setArmed] = useState(false);
  const selling = () => line === null && isWindowSelling(event, window.key, Date.now());
  const [stops, setStops] = useState(selling);
  const create = useMutation(trpc.admin.lines.create.mutationOptions({ onSuccess: onSaved }));
  const configure = useMutation(
    trpc.admin.lines.configure.mutationOptions({
      onSuccess: (saved) => {
        draft.start({ form, version: saved.settingsVersion });
        onSaved(saved);
      },
    }),
  );
  const queries = useQueryClient();
  function goOnFrom(theirs: AdminLine, keepMine: boolean) {
    draft.goOnFrom({ form: formOfLine(theirs, timeZone), version: theirs.settingsVersion }, keepMine);
    configure.reset();
  }
  const set = (patch: Partial<LineForm>) => {
    configure.reset();
    setArmed(false);
    draft.set(patch);
  };
  const fields = { form, faults: draft.shell.faults, set, timeZone, capacity, opensAtMs: window.opensAtMs };

  function submit(): void {
    const typed = read(form, draft.locale);
    draft.tell("faults" in typed ? typed.faults : {});
    if ("faults" in typed) return;
    const stopsNow = selling();
    setStops(stopsNow);
    setArmed(stopsNow && !armed);
    if (stopsNow && !armed) return;
    if (line) configure.mutate({ lineId: line.id, version: draft.version, settings: typed.settings });
    else create.mutate({ eventId: event.id, settings: typed.settings });
  }

  const failed = create.error ?? configure.error;
  return (
    <Section title={line ? "Settings" : `Set up a line for: ${window.label}`}>
      <p className="soft">
        {line
          ? "They can be changed until the lobby opens. Cap, inflow, pace and notice stay levers after that."
          : "Fans who come early wait in a lobby, a draw that anybody can check gives them their order, and only as many as you say are inside at once. Without a line the seats are sold to whoever is fastest."}
      </p>
      <FormShell
        {...draft.shell}
        onSubmit={submit}
        unsaved={draft.shell.unsaved && !create.isSuccess}
        question="What you typed for this line is not saved. Leave all the same?"
        saved={configure.isSuccess ? "Saved." : null}
        failure={
          failed && (
            <SaveFailure
              error={failed}
              timeZone={timeZone}
              load={async () => {
                const eventId = event.id;
                const all = await queries.fetchQuery(
                  trpc.admin.lines.list.queryOptions({ eventId }, { staleTime: 0 }),
                );
                const theirs = all.find(({ id }) => id === line?.id);
                if (!theirs) throw new Error("This line was removed.");
                return theirs;
              }}
              differences={(theirs) => {
                const now = formOfLine(theirs, timeZone);
                return draft.clashesWith(now).map((field) => ({
                  label: LINE_LABELS[field],
                  mine: String(form[field]),
                  theirs: String(now[field]),
                }));
              }}
              onTheirs={(theirs) => goOnFrom(theirs, false)}
              onMine={(theirs) => goOnFrom(theirs, true)}
            />
          )
        }
        action={
          <Button kind={line ? "plain" : "next"} type="submit" busy={create.isPending || configure.isPending}>
            {line
              ? "Save the settings"
              : armed
                ? "Press again: stop the sale and set up the line"
                : "Set up this line"}
          </Button>
        }
      >
        <WhenFields {...fields} />
        <PaceFields {...fields} />
        <TimeFields {...fields} />
        <WhoFields {...fields} />
        <WordFields {...fields} />
        {stops && (
          <Notice tone="wait" title="This sale is open now. Setting up a line stops it at once.">
            {stopWords(form.drawsAt)}
          </Notice>
        )}
      </FormShell>
    </Section>
  );
}

/** `drawsAt` as typed, on the venue's clock. */
const stopWords = (drawsAt: string) =>
  `From that moment nobody gets seats without a pass, and passes are given after the draw${drawsAt === "" ? "" : `, ${drawsAt.replace("T", " at ")}`}. Seats that are held already need a pass to be paid. Until its lobby opens the line can be removed again; then the sale goes on as before.`;
