import type { Me } from "@onsale/contract/account";
import { ForgetTickets } from "../ticket/forget-tickets.tsx";
import { OwnPlacesWhenSignedIn } from "./own-places-when-signed-in.tsx";
import styles from "./shell.module.css";

export function SiteHeader({ me }: { me: Me | null }) {
  return (
    <header className={styles["header"]}>
      {me ? (
        <OwnPlacesWhenSignedIn me={{ id: me.id, name: me.name, role: me.role, isMember: me.isMember }} />
      ) : (
        <PublicPlaces />
      )}
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
        <a href="/sign-in">Sign in</a>
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
