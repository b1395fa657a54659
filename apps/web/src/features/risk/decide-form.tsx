"use client";

import { RISK_REASON_CHARS_MAX } from "@onsale/core/risk/risk-mark";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { formText } from "../../ui/form-text.ts";
import { useFieldFaults } from "../../ui/use-field-faults.ts";
import { Notice } from "../../ui/notice.tsx";
import { StaffFailure } from "../admin/staff-failure.tsx";
import styles from "./decide-form.module.css";

/** Clear or block, with a reason that stays in the audit trail. */
export function DecideForm({ accountId, state }: { accountId: string; state: "cleared" | "blocked" | null }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { faults, isFine, onInput } = useFieldFaults(faultsOf);
  const onSuccess = () => router.refresh();
  const clear = useMutation(trpc.admin.risk.clear.mutationOptions({ onSuccess }));
  const block = useMutation(trpc.admin.risk.block.mutationOptions({ onSuccess }));
  const error = clear.error ?? block.error;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    if (!isFine(data)) return;
    const reason = reasonOf(data);
    // The button that was pressed, or the first one for the Enter key.
    const pressed = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const decision = pressed?.value === "block" ? block : clear;
    clear.reset();
    block.reset();
    decision.mutate({ account: accountId, reason }, { onSuccess: () => form.reset() });
  }

  return (
    <form method="post" onSubmit={submit} onInput={onInput} className={styles["form"]} noValidate>
      {error && <StaffFailure error={error} />}
      {(clear.isSuccess || block.isSuccess) && (
        <Notice tone="go" title={block.isSuccess ? "Blocked." : "Cleared."}>
          <p>It counts everywhere within two seconds.</p>
        </Notice>
      )}
      <Field label="Reason" error={faults["reason"]}>
        {(attributes) => (
          <input {...attributes} name="reason" maxLength={RISK_REASON_CHARS_MAX} autoComplete="off" />
        )}
      </Field>
      <Actions>
        <Button type="submit" value="clear" busy={clear.isPending} disabled={state === "cleared"}>
          {state === "blocked" ? "Unblock and clear" : "Clear: no checks"}
        </Button>
        <Button type="submit" value="block" busy={block.isPending} disabled={state === "blocked"}>
          Block from buying
        </Button>
      </Actions>
    </form>
  );
}

const reasonOf = (form: FormData) => formText(form, "reason").trim();
const faultsOf = (form: FormData) => ({
  reason: reasonOf(form) === "" ? "Say why; whoever reads this next year has only these words." : undefined,
});
