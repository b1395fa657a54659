import Link from "next/link";
import type { Me } from "../../trpc/types.ts";
import { SignOutButton } from "./sign-out-button.tsx";
import styles from "./shell.module.css";

export function SiteHeader({ me }: { me: Me | null }) {
  return (
    <header className={styles["header"]}>
      <Link href="/" className={styles["wordmark"]}>
        Onsale
      </Link>
      <nav aria-label="Main" className={styles["nav"]}>
        <Link href="/">Events</Link>
        {me && <Link href="/tickets">My tickets</Link>}
        {me && me.role !== "fan" && <Link href="/admin">Portal</Link>}
        {me ? (
          <SignOutButton name={me.name} />
        ) : (
          <Link href="/sign-in" className={styles["signIn"]}>
            Sign in
          </Link>
        )}
      </nav>
    </header>
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
