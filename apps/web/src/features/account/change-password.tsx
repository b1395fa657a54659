"use client";

import type { Locale } from "@onsale/core/shared/locale";
import { useLocale } from "../locale/locale-context.tsx";
import { Password } from "@onsale/core/account/password";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { useFieldFaults } from "../../ui/use-field-faults.ts";
import { readFailure } from "../errors/app-failure.ts";
import { passwordWords } from "./password-words.ts";
import styles from "./account-form.module.css";

export function ChangePassword() {
  const locale = useLocale();
  const trpc = useTRPC();
  const queries = useQueryClient();
  /** Counts what was changed: the fields start again. */
  const [round, setRound] = useState(0);
  const { faults, tell, isFine, onInput } = useFieldFaults(faultsOf);
  const change = useMutation(
    trpc.account.password.change.mutationOptions({
      async onSuccess() {
        setRound((before) => before + 1);
        await queries.invalidateQueries({ queryKey: trpc.account.sessions.list.queryKey() });
      },
      onError: (error) => tell({ next: refusalOf(error, locale) }),
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (!isFine(data)) return;
    change.mutate({ current: formText(data, "current"), next: Password.parse(formText(data, "next")) });
  }

  return (
    <section className={styles["part"]} aria-labelledby="password">
      <h2 id="password">Change your password</h2>
      <form method="post" key={round} onSubmit={submit} onInput={onInput} className={styles["form"]}>
        {change.isSuccess && (
          <Notice tone="go" title="Your password is changed.">
            <p>Other devices were signed out, and a mail tells you of it.</p>
          </Notice>
        )}
        {change.isError && refusalOf(change.error, locale) === undefined && (
          <FailureNotice error={change.error} />
        )}
        <Field label="Present password">
          {(attributes) => (
            <input
              {...attributes}
              name="current"
              type="password"
              autoComplete="current-password"
              maxLength={256}
              required
            />
          )}
        </Field>
        <Field
          label="New password"
          hint="At least 10 characters. A short sentence is fine."
          error={faults["next"]}
        >
          {(attributes) => (
            <input
              {...attributes}
              name="next"
              type="password"
              autoComplete="new-password"
              maxLength={256}
              required
            />
          )}
        </Field>
        <Button type="submit" busy={change.isPending}>
          Change the password
        </Button>
      </form>
    </section>
  );
}

/** What the server says against the password itself; undefined: the refusal is about something else. */
const refusalOf = (error: unknown, locale: Locale) => passwordWords(readFailure(error), locale) ?? undefined;
const faultsOf = (form: FormData) => ({
  next: Password.safeParse(formText(form, "next")).success ? undefined : "Use 10 to 256 characters.",
});
