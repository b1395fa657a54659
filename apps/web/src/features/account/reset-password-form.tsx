"use client";

import type { Locale } from "@onsale/core/shared/locale";
import { useLocale } from "../locale/locale-context.tsx";
import { Email } from "@onsale/core/account/email";
import { Password } from "@onsale/core/account/password";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import type { FormEvent } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { useFieldFaults } from "../../ui/use-field-faults.ts";
import { useHash } from "../../ui/use-hash.ts";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { readFailure } from "../errors/app-failure.ts";
import { passwordWords } from "./password-words.ts";
import { SandboxMailbox } from "./sign-up-code.tsx";
import styles from "./account-form.module.css";

/** By a link from a mail, the new password; otherwise the mail. The token is behind the #, which no server writes down. */
export function ResetPasswordForm({ mailboxPath }: { mailboxPath: string | null }) {
  const token = new URLSearchParams(useHash().slice(1)).get("token");
  return (
    <PageFrame width="form" className={styles["page"]}>
      <h1>Set a new password</h1>
      {token === null ? <AskForMail mailboxPath={mailboxPath} /> : <NewPassword token={token} />}
    </PageFrame>
  );
}

function AskForMail({ mailboxPath }: { mailboxPath: string | null }) {
  const trpc = useTRPC();
  const { faults, isFine, onInput } = useFieldFaults(emailFault);
  const start = useMutation(trpc.account.password.startReset.mutationOptions());

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (isFine(form)) start.mutate({ email: Email.parse(formText(form, "email")) });
  }

  if (start.isSuccess)
    return (
      <>
        <Notice tone="go" title="Look into your mail.">
          <p>
            If {start.variables.email} has an account, a mail with a link is on its way. The link works once
            and for an hour. Look into the spam folder too.
          </p>
        </Notice>
        <p>
          <Button onClick={() => start.reset()}>Ask for another mail</Button>
        </p>
        {mailboxPath && <SandboxMailbox path={mailboxPath} to={start.variables.email} />}
      </>
    );
  return (
    <>
      <p>We send a link to the address of your account. With it you set another password.</p>
      <form method="post" onSubmit={submit} onInput={onInput} className={styles["form"]} noValidate>
        {start.isError && <FailureNotice error={start.error} />}
        <Field label="E-mail" error={faults["email"]}>
          {(attributes) => (
            <input {...attributes} name="email" type="email" autoComplete="email" maxLength={254} />
          )}
        </Field>
        <Button kind="next" type="submit" busy={start.isPending}>
          Send the link
        </Button>
      </form>
      <p>
        Remember it after all? <Link href="/sign-in">Sign in</Link>
      </p>
    </>
  );
}

function NewPassword({ token }: { token: string }) {
  const locale = useLocale();
  const trpc = useTRPC();
  const { faults, tell, isFine, onInput } = useFieldFaults(passwordFault);
  const finish = useMutation(
    trpc.account.password.finishReset.mutationOptions({
      onError: (error) => tell({ password: refusalOf(error, locale) }),
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (isFine(form)) finish.mutate({ token, password: Password.parse(formText(form, "password")) });
  }

  if (finish.isSuccess)
    return (
      <>
        <Notice tone="go" title="Your password is set.">
          <p>Every device was signed out. Sign in with the new password.</p>
        </Notice>
        <ButtonLink kind="next" href="/sign-in">
          Sign in
        </ButtonLink>
      </>
    );
  const isBadLink = finish.isError && readFailure(finish.error).code === "account.bad_reset";
  return (
    <>
      <p>Every device that is signed in will be signed out.</p>
      <form method="post" onSubmit={submit} onInput={onInput} className={styles["form"]} noValidate>
        {finish.isError && refusalOf(finish.error, locale) === undefined && (
          <FailureNotice error={finish.error} />
        )}
        <Field
          label="New password"
          hint="At least 10 characters. A short sentence is fine."
          error={faults["password"]}
        >
          {(attributes) => (
            <input
              {...attributes}
              name="password"
              type="password"
              autoComplete="new-password"
              maxLength={256}
            />
          )}
        </Field>
        <Button kind="next" type="submit" busy={finish.isPending}>
          Set the password
        </Button>
      </form>
      {isBadLink && (
        <p>
          {/* A full load: only the part behind the # differs. */}
          <a href="/reset-password">Ask for a new link</a>
        </p>
      )}
    </>
  );
}

/** What the server says against the password itself; undefined: the refusal is about something else. */
const refusalOf = (error: unknown, locale: Locale) => passwordWords(readFailure(error), locale) ?? undefined;
const emailFault = (form: FormData) => ({
  email: Email.safeParse(formText(form, "email")).success ? undefined : "This is not an e-mail address.",
});
const passwordFault = (form: FormData) => ({
  password: Password.safeParse(formText(form, "password")).success ? undefined : "Use 10 to 256 characters.",
});
