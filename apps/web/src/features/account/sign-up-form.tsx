"use client";

import { useLocale } from "../locale/locale-context.tsx";
import { SignUp } from "@onsale/core/account/sign-up";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Field } from "../../ui/field.tsx";
import type { FieldFaults } from "../../ui/still-faulty.ts";
import { useFieldFaults } from "../../ui/use-field-faults.ts";
import { useHash } from "../../ui/use-hash.ts";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { readFailure } from "../errors/app-failure.ts";
import { passwordWords } from "./password-words.ts";
import { pathAfter, safePath } from "./safe-path.ts";
import { SignUpCode } from "./sign-up-code.tsx";
import styles from "./account-form.module.css";

const EMPTY: SignUp = { name: "", email: "", password: "" };

export function SignUpForm({
  next,
  mailboxPath,
  notice,
}: {
  next: string;
  mailboxPath: string | null;
  notice: ReactNode;
}) {
  const trpc = useTRPC();
  const locale = useLocale();
  const { faults, tell, isFine, onInput } = useFieldFaults(faultsOfSignUp);
  const [typed, setTyped] = useState(EMPTY);
  /** The newest sign-up, whose code is asked for; null: the form is. */
  const [signUpId, setSignUpId] = useState<string | null>(null);
  const path = safePath(next);
  const hash = useHash();
  const signUp = useMutation(
    trpc.account.signUp.mutationOptions({
      onSuccess: (started) => setSignUpId(started.signUpId),
      onError: (error) => {
        const password = passwordWords(readFailure(error), locale);
        tell(password === null ? {} : { password });
      },
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (!isFine(form)) return;
    const asked = SignUp.parse(Object.fromEntries(form));
    setTyped(asked);
    signUp.mutate(asked);
  }

  if (signUpId !== null)
    return (
      <SignUpCode
        key={signUpId}
        signUpId={signUpId}
        typed={typed}
        again={{
          send: () => signUp.mutate(typed),
          isBusy: signUp.isPending,
          error: signUp.error,
          change: () => setSignUpId(null),
        }}
        onwards={{ after: pathAfter(next, hash), signIn: `/sign-in?next=${encodeURIComponent(path)}${hash}` }}
        mailboxPath={mailboxPath}
      />
    );
  return (
    <PageFrame width="form" className={styles["page"]}>
      <h1>Create an account</h1>
      {notice}
      <p>Your tickets live here. We ask for nothing that they do not need.</p>
      <form method="post" onSubmit={submit} onInput={onInput} className={styles["form"]} noValidate>
        {signUp.isError && passwordWords(readFailure(signUp.error), locale) === null && (
          <FailureNotice error={signUp.error} />
        )}
        <Fields typed={typed} faults={faults} />
        <Button kind="next" type="submit" busy={signUp.isPending}>
          Create account
        </Button>
      </form>
      <p>
        Already have one? <Link href={`/sign-in?next=${encodeURIComponent(path)}${hash}`}>Sign in</Link>
      </p>
    </PageFrame>
  );
}

function Fields({ typed, faults }: { typed: SignUp; faults: FieldFaults }) {
  return (
    <>
      <Field label="Name" error={faults["name"]}>
        {(attributes) => (
          <input {...attributes} name="name" defaultValue={typed.name} autoComplete="name" maxLength={100} />
        )}
      </Field>
      <Field label="E-mail" hint="Tickets and changes are sent here." error={faults["email"]}>
        {(attributes) => (
          <input
            {...attributes}
            name="email"
            type="email"
            defaultValue={typed.email}
            autoComplete="email"
            maxLength={254}
          />
        )}
      </Field>
      <Field
        label="Password"
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
    </>
  );
}

/** What PersonName refuses beyond its length. */
const NAME_WORDS: Readonly<Record<string, string>> = {
  "a name, not an address": "Write a name here, without an address or a link.",
  "has characters that cannot be shown": "This name has characters that cannot be shown.",
};

type Issue = { readonly path: readonly PropertyKey[]; readonly code: string; readonly message: string };

function faultsOfSignUp(form: FormData): FieldFaults {
  const read = SignUp.safeParse(Object.fromEntries(form));
  return read.success ? {} : faultsOf(read.error.issues);
}

function faultsOf(issues: readonly Issue[]): FieldFaults {
  const found: Partial<Record<keyof SignUp, string | undefined>> = {};
  for (const { path, code, message } of issues) {
    if (path[0] === "name")
      found.name ??= code === "custom" ? NAME_WORDS[message] : "Tell us what to print on your tickets.";
    if (path[0] === "email") found.email ??= "This is not an e-mail address.";
    if (path[0] === "password") found.password ??= "Use at least 10 characters.";
  }
  return found;
}
