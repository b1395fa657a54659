"use client";

import { useTransition } from "react";
import { leave } from "../account/session-actions.ts";
import styles from "./shell.module.css";

export function SignOutButton({ name }: { name: string }) {
  const [busy, start] = useTransition();
  return (
    <button
      type="button"
      className={styles["signOut"]}
      disabled={busy}
      aria-label={`Sign out ${name}`}
      onClick={() => start(() => leave())}
    >
      Sign out
    </button>
  );
}
