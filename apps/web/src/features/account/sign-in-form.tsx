"use client";

import Link from "next/link";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { ChallengeNotice } from "../challenge/challenge-notice.tsx";
import { enterWithCheck } from "./enter-with-check.ts";
import type { SignInFault } from "./session-actions.ts";
import { useHash } from "../../ui/use-hash.ts";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { pathAfter, safePath } from "./safe-path.ts";
import styles from "./account-form.module.css";

export function SignInForm({
  next,
  staffOnly,
  notice,
}: {
  next: string;
  staffOnly: boolean;
  notice: ReactNode;
}) {
  const [fault, setFault] = useState<SignInFault | "broken" | "offline">(null);
  const [busy, start] = useTransition();
  const path = safePath(next);
  const hash = useHash();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    // Said at once and not tried: nobody who pressed a while ago expects to be signed in now.
    if (!navigator.onLine) return setFault("offline");
    const form = new FormData(event.currentTarget);
    start(async () => {
      const answer = await enterWithCheck({
        email: formText(form, "email"),
        password: formText(form, "password"),
      }).catch(() => "broken" as const);
      setFault(answer);
      // A full load, so that the header, the caches and the live map all know the account.
      if (answer === null) window.location.assign(pathAfter(next, hash));
    });
  }

  return (
    <PageFrame width="form" className={styles["page"]}>
      <h1>Sign in</h1>
      {notice}
      {staffOnly && (
        <Notice tone="wait" title="That page is for the organizer's team.">
          <p>Sign in with an organizer or operator account.</p>
        </Notice>
      )}
      {!notice && path.includes("/seats") && (
        <p>Your selection is remembered, and nothing is held yet. Sign in and go on where you were.</p>
      )}
      <form method="post" onSubmit={submit} className={styles["form"]}>
        {fault && <FaultNotice fault={fault} />}
        <Field label="E-mail">
          {(attributes) => <input {...attributes} name="email" type="email" autoComplete="email" required />}
        </Field>
        <Field label="Password">
          {(attributes) => (
            <input {...attributes} name="password" type="password" autoComplete="current-password" required />
          )}
        </Field>
        <Button kind="next" type="submit" busy={busy}>
          Sign in
        </Button>
      </form>
      <ChallengeNotice />
      <p>
        Forgotten the password? <Link href="/reset-password">Set a new one</Link>
      </p>
      <p>
        New here? <Link href={`/sign-up?next=${encodeURIComponent(path)}${hash}`}>Create an account</Link>
      </p>
    </PageFrame>
  );
}

function FaultNotice({ fault }: { fault: Exclude<SignInFault, null> | "broken" | "offline" }) {
  if (fault === "offline")
    return (
      <Notice tone="stop" title="You are offline. Nothing was sent.">
        <p>Press again when you have a connection; nothing happens by itself.</p>
      </Notice>
    );
  if (fault === "mismatch")
    return (
      <Notice tone="stop" title="That address and password do not match.">
        <p>Check both, set a new password by mail, or create an account.</p>
      </Notice>
    );
  if (fault === "too_many")
    return (
      <Notice tone="stop" title="Very many people are signing in right now.">
        <p>You are not signed in yet. Try again in a few seconds.</p>
      </Notice>
    );
  if (fault === "check")
    return (
      <Notice tone="stop" title="The check of your browser did not work.">
        <p>
          Somebody tried many passwords here, so each try needs a check of the browser now. Try again, or set
          a new password by mail.
        </p>
      </Notice>
    );
  return (
    <Notice tone="stop" title="The connection broke.">
      <p>You are not signed in yet. Try again.</p>
    </Notice>
  );
}
