"use client";

import type { SignUp } from "@onsale/core/account/sign-up";
import { EmailCode } from "@onsale/core/account/verify-email";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { useFieldFaults } from "../../ui/use-field-faults.ts";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { codeFault } from "./code-fault.ts";
import { CodeNotice } from "./code-notice.tsx";
import { CodeInput } from "./code-input.tsx";
import { enterWithCheck } from "./enter-with-check.ts";
import styles from "./account-form.module.css";

type Props = {
  readonly signUpId: string;
  readonly typed: SignUp;
  readonly again: {
    readonly send: () => void;
    readonly isBusy: boolean;
    readonly error: unknown;
    readonly change: () => void;
  };
  readonly onwards: { readonly after: string; readonly signIn: string };
  readonly mailboxPath: string | null;
};

/** The second half of signing up. What it says is true of every address, whether or not it has an account. */
export function SignUpCode({ signUpId, typed, again, onwards, mailboxPath }: Props) {
  const trpc = useTRPC();
  const { faults, isFine, onInput } = useFieldFaults(codeFault);
  const complete = useMutation(
    trpc.account.completeSignUp.mutationOptions({
      async onSuccess() {
        const entered = await enterWithCheck(typed).catch(() => "broken" as const);
        window.location.assign(entered === null ? onwards.after : onwards.signIn);
      },
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (isFine(form)) complete.mutate({ signUpId, code: EmailCode.parse(formText(form, "code")) });
  }

  return (
    <PageFrame width="form" className={styles["page"]}>
      <h1>Look into your mail</h1>
      <p>
        A mail is on its way to <strong>{typed.email}</strong>. It has six digits, good for 15 minutes; enter
        them here and your account is there. If the address has an account already, the mail says so instead.
      </p>
      <form method="post" onSubmit={submit} onInput={onInput} className={styles["form"]} noValidate>
        {complete.isError && <CodeNotice error={complete.error} />}
        <Field label="Code from the mail" error={faults["code"]}>
          {(attributes) => <CodeInput attributes={attributes} />}
        </Field>
        <Button kind="next" type="submit" busy={complete.isPending || complete.isSuccess}>
          Confirm and go on
        </Button>
      </form>
      {again.error !== null && <FailureNotice error={again.error} />}
      <div className={styles["actions"]}>
        <Button busy={again.isBusy} onClick={again.send}>
          Send a new code
        </Button>
        <Button kind="quiet" onClick={again.change}>
          Change what I typed
        </Button>
      </div>
      {mailboxPath && <SandboxMailbox path={mailboxPath} to={typed.email} />}
    </PageFrame>
  );
}

/** Where a demo keeps the mails that it does not send. */
export function SandboxMailbox({ path, to }: { path: string; to: string }) {
  return (
    <p className={styles["aside"]}>
      This machine has no mail server:{" "}
      <a href={`${path}?to=${encodeURIComponent(to)}`} target="_blank" rel="noreferrer">
        open its sandbox mailbox
      </a>
      .
    </p>
  );
}
