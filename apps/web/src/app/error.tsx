"use client";

import { Button } from "../ui/button.tsx";
import styles from "./message-page.module.css";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <h1>This page could not be shown.</h1>
      <p>
        Something went wrong on our side. Seats you hold are still held, and a payment is never taken twice.
        If you were paying, look under My tickets first.
      </p>
      <Button onClick={reset}>Try again</Button>
    </main>
  );
}
