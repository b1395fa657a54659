"use client";

import { EmailCode } from "@onsale/core/account/verify-email";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { Notice } from "../../ui/notice.tsx";
import { useFieldFaults } from "../../ui/use-field-faults.ts";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { readFailure } from "../errors/app-failure.ts";
import { codeFault } from "./code-fault.ts";
import { CodeInput } from "./code-input.tsx";
import { CodeNotice } from "./code-notice.tsx";
import { waitWords } from "./wait-words.ts";
import styles from "./account-form.module.css";

export function VerifyEmailForm({
  email,
  isVerified,
  next,
}: {
  email: string;
  isVerified: boolean;
  next: string;
}) {
  const trpc = useTRPC();
  const { faults, tell, isFine, onInput } = useFieldFaults(codeFault);
  const confirm = useMutation(trpc.account.verifyEmail.confirm.mutationOptions());
  /** The digits of an older mail are worth nothing once a new one is sent: the form starts again. */
  const [round, setRound] = useState(0);
  const start = useMutation(
    trpc.account.verifyEmail.start.mutationOptions({
      onSuccess() {
        confirm.reset();
        tell({});
        setRound((before) => before + 1);
      },
    }),
  );
  const isDone = isVerified || confirm.isSuccess || start.data?.kind === "verified";

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (isFine(form)) confirm.mutate({ code: EmailCode.parse(formText(form, "code")) });
  }

  return (
    <PageFrame width="form" className={styles["page"]}>
      <h1>Confirm your address</h1>
      {isDone ? (
        <>
          <Notice tone="go" title="Your address is confirmed.">
            <p>Tickets and changes go to {email}.</p>
          </Notice>
          <ButtonLink kind="next" href={next}>
            Go on
          </ButtonLink>
        </>
      ) : (
        <>
          <p>
            Some sales ask for it before you join their line. Enter the six digits of our mail to{" "}
            <strong>{email}</strong>. They are good for 15 minutes; after that ask for new ones below.
          </p>
          <form
            method="post"
            key={round}
            onSubmit={submit}
            onInput={onInput}
            className={styles["form"]}
            noValidate
          >
            {confirm.isError && <CodeNotice error={confirm.error} />}
            <Field label="Code from the mail" error={faults["code"]}>
              {(attributes) => <CodeInput attributes={attributes} />}
            </Field>
            <Button kind="next" type="submit" busy={confirm.isPending}>
              Confirm
            </Button>
          </form>
          {start.data?.kind === "sent" && (
            <Notice tone="go" title="A new code is on its way.">
              <p>Only the newest one counts. Look into the spam folder too.</p>
            </Notice>
          )}
          {start.isError && <StartNotice error={start.error} />}
          <p>
            <Button kind="plain" busy={start.isPending} onClick={() => start.mutate()}>
              Send a new code
            </Button>
          </p>
        </>
      )}
    </PageFrame>
  );
}

function StartNotice({ error }: { error: unknown }) {
  const { code, details } = readFailure(error);
  if (code !== "rate.limited") return <FailureNotice error={error} />;
  return (
    <Notice tone="wait" title="A mail was sent a moment ago.">
      <p>Look for it first. You can ask for another {waitWords(details.retryAfterMs)}.</p>
    </Notice>
  );
}
