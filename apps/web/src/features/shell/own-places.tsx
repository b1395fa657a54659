"use client";

import Link from "next/link";
import type { Me } from "../../trpc/types.ts";
import { SignOutButton } from "./sign-out-button.tsx";
import styles from "./shell.module.css";

/** Leaving a page this way does not close it: a fan who looks elsewhere for a moment keeps the turn in a line. */
export function OwnPlaces({ me }: { me: Pick<Me, "name" | "role"> }) {
  return (
    <>
      <Link href="/" className={styles["wordmark"]}>
        Onsale
      </Link>
      <nav aria-label="Main" className={styles["nav"]}>
        <Link href="/">Events</Link>
        <Link href="/tickets">My tickets</Link>
        {me.role !== "fan" && <Link href="/admin">Portal</Link>}
        <SignOutButton name={me.name} />
      </nav>
    </>
  );
}
