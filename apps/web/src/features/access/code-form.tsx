"use client";

import { formatCode, readCode } from "@onsale/core/access/access-code";
import type { EventId } from "@onsale/core/shared/ids";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Field } from "../../ui/field.tsx";
import { useLinkedCode } from "./linked-code.ts";
import styles from "./presale-box.module.css";

/** Where a fan types a code; however it is written, and with a word at once when it cannot be one. */
export function CodeForm({ eventId }: { eventId: EventId }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const linked = useLinkedCode();
  /** null: untouched, so that a linked code stands there. */
  const [touched, setTouched] = useState<string | null>(null);
  const typed = touched ?? linked;
  const [incomplete, setIncomplete] = useState(false);
  const redeem = useMutation(
    trpc.access.redeem.mutationOptions({
      async onSuccess() {
        setTouched("");
        await queries.invalidateQueries({ queryKey: trpc.access.mine.queryKey({ eventId }) });
        router.refresh();
      },
    }),
  );
  function submit(submitted: FormEvent) {
    submitted.preventDefault();
    const code = readCode(typed);
    setIncomplete(code === null);
    redeem.reset();
    if (code !== null) redeem.mutate({ eventId, code: formatCode(code) });
  }

  return (
    <form method="post" className={styles["form"]} onSubmit={submit} noValidate>
      <Field
        label="Presale code"
        hint="Twelve letters and digits. Dashes and capitals do not matter."
        error={incomplete ? "A code has twelve letters and digits, such as 7K2M-Q9XD-4T8B." : undefined}
      >
        {(attributes) => (
          <input
            {...attributes}
            name="code"
            value={typed}
            maxLength={64}
            autoComplete="off"
            autoCapitalize="characters"
            autoCorrect="off"
            spellCheck={false}
            onChange={({ currentTarget: { value } }) => {
              setTouched(value);
              setIncomplete(false);
              redeem.reset();
            }}
          />
        )}
      </Field>
      {redeem.isError && <FailureNotice error={redeem.error} />}
      <div>
        <Button type="submit" busy={redeem.isPending}>
          Enter the code
        </Button>
      </div>
    </form>
  );
}
