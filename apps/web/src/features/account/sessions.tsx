"use client";

import type { MySession } from "@onsale/contract/account";
import { formatDayAndTime } from "@onsale/core/shared/format";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { forgetSession } from "./session-actions.ts";
import styles from "./account-form.module.css";

/** The same words on the server and in the browser, whatever zone either is in. */
const time = (atMs: number) => `${formatDayAndTime(atMs, { timeZone: "UTC" })} UTC`;

/** Where the account is signed in. Ending one ends it everywhere within two seconds. */
export function Sessions({ sessions }: { sessions: readonly MySession[] }) {
  const trpc = useTRPC();
  const list = useQuery(trpc.account.sessions.list.queryOptions(undefined, { initialData: [...sessions] }));
  const end = useMutation(
    trpc.account.sessions.end.mutationOptions({ onSuccess: () => list.refetch().then(() => undefined) }),
  );
  const endAll = useMutation(
    trpc.account.sessions.endAll.mutationOptions({
      async onSuccess() {
        await forgetSession().catch(() => undefined);
        window.location.assign("/sign-in");
      },
    }),
  );
  return (
    <section className={styles["part"]} aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      {end.isError && <FailureNotice error={end.error} />}
      {endAll.isError && <FailureNotice error={endAll.error} />}
      <ul className={styles["sessions"]}>
        {list.data.map(({ id, device, createdAtMs, seenAtMs, endsAtMs, isThis }) => (
          <li key={id} className={styles["session"]}>
            <div>
              <p>
                <strong>{device}</strong>
                {isThis && ", this browser"}
              </p>
              <p className={styles["when"]}>
                Signed in {time(createdAtMs)}, last used {time(seenAtMs)}
              </p>
              <p className={styles["when"]}>Ends {time(endsAtMs)}</p>
            </div>
            {!isThis && (
              <Button
                busy={end.isPending && end.variables.id === id}
                aria-label={`Sign out ${device}, signed in ${time(createdAtMs)}`}
                onClick={() => end.mutate({ id })}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className={styles["actions"]}>
        <Button busy={endAll.isPending || endAll.isSuccess} onClick={() => endAll.mutate()}>
          Sign out everywhere
        </Button>
      </div>
      <p className={styles["when"]}>That includes this browser. Every device asks for the password again.</p>
    </section>
  );
}
