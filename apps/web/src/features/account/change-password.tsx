"use client";

import { Password } from "@onsale/core/account/password";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { readFailure } from "../errors/app-failure.ts";
import { passwordWords } from "./password-words.ts";
import styles from "./account-form.module.css";

export function ChangePassword() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  /** Counts what was changed: the fields start again. */
  const [round, setRound] = useState(0);
  const [fault, setFault] = useState<string>();
  const change = useMutation(
    trpc.account.password.change.mutationOptions({
      async onSuccess() {
        setRound((before) => before + 1);
        await queries.invalidateQueries({ queryKey: trpc.account.sessions.list.queryKey() });
      },
      onError: (error) => setFault(passwordWords(readFailure(error)) ?? undefined),
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const next = Password.safeParse(formText(data, "next"));
    setFault(next.success ? undefined : "Use 10 to 256 characters.");
    if (next.success) change.mutate({ current: formText(data, "current"), next: next.data });
  }

  return (
    <section className={styles["part"]} aria-labelledby="password">
      <h2 id="password">Change your password</h2>
      <form method="post" key={round} onSubmit={submit} className={styles["form"]}>
        {change.isSuccess && (
          <Notice tone="go" title="Your password is changed.">
            <p>Other devices were signed out, and a mail tells you of it.</p>
          </Notice>
        )}
        {change.isError && fault === undefined && <FailureNotice error={change.error} />}
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
        <Field label="New password" hint="At least 10 characters. A short sentence is fine." error={fault}>
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
