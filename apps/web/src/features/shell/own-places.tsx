"use client";

import type { Me } from "@onsale/contract/account";
import Link from "next/link";
import { HoldLine } from "./hold-line.tsx";
import { SignOutButton } from "./sign-out-button.tsx";
import styles from "./shell.module.css";

/**
 * Leaving a page this way does not close it: a fan who looks elsewhere for a moment keeps the turn in a line. Nothing is
 * fetched ahead: every view of a page would cost the server five.
 */
export function OwnPlaces({ me }: { me: Pick<Me, "id" | "name" | "role" | "isMember"> }) {
  return (
    <>
      <Link href="/" prefetch={false} className={styles["wordmark"]}>
        Onsale
      </Link>
      <nav aria-label="Main" className={styles["nav"]}>
        <Link href="/" prefetch={false} className={styles["events"]}>
          Events
        </Link>
        <Link href="/tickets" prefetch={false}>
          My tickets
        </Link>
        {(me.role === "operator" || me.isMember) && (
          <Link href="/admin" prefetch={false}>
            Portal
          </Link>
        )}
        <Link href="/account" prefetch={false}>
          Account
        </Link>
        <SignOutButton name={me.name} />
      </nav>
      <HoldLine accountId={me.id} />
    </>
  );
}
