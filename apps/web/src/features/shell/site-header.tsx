import Link from "next/link";
import type { Me } from "../../trpc/types.ts";
import { ForgetTickets } from "../ticket/forget-tickets.tsx";
import { SignOutButton } from "./sign-out-button.tsx";
import styles from "./shell.module.css";

export function SiteHeader({ me }: { me: Me | null }) {
  return (
    <header className={styles["header"]}>
      {me ? <OwnPlaces me={me} /> : <PublicPlaces />}
      <ForgetTickets accountId={me?.id ?? null} />
    </header>
  );
}

/** Whole pages, which are kept ready for everyone, and no script that would fetch parts of them. */
function PublicPlaces() {
  return (
    <>
      <a href="/" className={styles["wordmark"]}>
        Onsale
      </a>
      <nav aria-label="Main" className={styles["nav"]}>
        <a href="/">Events</a>
        <a href="/sign-in" className={styles["signIn"]}>
          Sign in
        </a>
      </nav>
    </>
  );
}

/** Leaving a page this way does not close it: a fan who looks elsewhere for a moment keeps the turn in a line. */
function OwnPlaces({ me }: { me: Me }) {
  return (
    <>
      <Link href="/" className={styles["wordmark"]}>
        Onsale
      </Link>
      <nav aria-label="Main" className={styles["nav"]}>
        <Link href="/" className={styles["events"]}>
          Events
        </Link>
        <Link href="/tickets">My tickets</Link>
        {me.role !== "fan" && <Link href="/admin">Portal</Link>}
        <Link href="/account">Account</Link>
        <SignOutButton name={me.name} />
      </nav>
    </>
  );
}

export function SiteFooter() {
  return (
    <footer className={styles["footer"]}>
      <p>Every price is whole: a ticket’s fees and taxes are in it from the first number on.</p>
      <p>Payments run in a sandbox here; no real money moves.</p>
    </footer>
  );
}
