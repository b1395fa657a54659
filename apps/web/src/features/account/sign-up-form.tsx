"use client";

import { SignUp } from "@onsale/core/account/account";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { enter } from "./session-actions.ts";
import { useHash } from "../../ui/use-hash.ts";
import { pathAfter, safePath } from "./safe-path.ts";
import styles from "./account-form.module.css";

type Faults = Partial<Record<"name" | "email" | "password", string>>;

export function SignUpForm({ next }: { next: string }) {
  const trpc = useTRPC();
  const [faults, setFaults] = useState<Faults>({});
  const path = safePath(next);
  const hash = useHash();
  const signUp = useMutation(
    trpc.account.signUp.mutationOptions({
      async onSuccess(_account, input) {
        const fault = await enter({ email: input.email, password: input.password });
        window.location.assign(
          fault === null ? pathAfter(next, hash) : `/sign-in?next=${encodeURIComponent(path)}${hash}`,
        );
      },
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const parsed = SignUp.safeParse(Object.fromEntries(new FormData(event.currentTarget)));
    if (parsed.success) {
      setFaults({});
      signUp.mutate(parsed.data);
      return;
    }
    const found: Faults = {};
    for (const issue of parsed.error.issues) {
      const name = issue.path[0];
      if (name === "name") found.name ??= "Tell us what to print on your tickets.";
      if (name === "email") found.email ??= "This is not an e-mail address.";
      if (name === "password") found.password ??= "Use at least 10 characters.";
    }
    setFaults(found);
  }

  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <h1>Create an account</h1>
      <p>Your tickets live here. We ask for nothing that they do not need.</p>
      <form onSubmit={submit} className={styles["form"]} noValidate>
        {signUp.isError && <FailureNotice error={signUp.error} />}
        <Field label="Name" error={faults.name}>
          {(attributes) => <input {...attributes} name="name" autoComplete="name" maxLength={100} />}
        </Field>
        <Field label="E-mail" hint="Tickets and changes are sent here." error={faults.email}>
          {(attributes) => (
            <input {...attributes} name="email" type="email" autoComplete="email" maxLength={254} />
          )}
        </Field>
        <Field
          label="Password"
          hint="At least 10 characters. A short sentence is fine."
          error={faults.password}
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
        <Button kind="next" type="submit" busy={signUp.isPending || signUp.isSuccess}>
          Create account
        </Button>
      </form>
      <p>
        Already have one? <Link href={`/sign-in?next=${encodeURIComponent(path)}${hash}`}>Sign in</Link>
      </p>
    </main>
  );
}
