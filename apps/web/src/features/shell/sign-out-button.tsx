"use client";

import { useTransition } from "react";
import { leave } from "../account/session-actions.ts";
import { forgetTicketsOfOthers } from "../ticket/kept-tickets.ts";
import { useOnline } from "../../ui/use-online.ts";
import styles from "./shell.module.css";

export function SignOutButton({ name }: { name: string }) {
  const [busy, start] = useTransition();
  const online = useOnline();
  return (
    <button
      type="button"
      className={styles["signOut"]}
      disabled={busy || !online}
      aria-label={online ? `Sign out ${name}` : "You are offline: signing out needs a connection"}
      onClick={() =>
        start(async () => {
          await forgetTicketsOfOthers(null).catch(() => undefined);
          await leave();
        })
      }
    >
      Sign out
    </button>
  );
}
