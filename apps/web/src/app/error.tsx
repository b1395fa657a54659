"use client";

import { ButtonAnchor } from "../ui/button-anchor.tsx";
import styles from "./message-page.module.css";

/** Loads the page whole again: what failed may be anything that a part of it needs. */
export default function ErrorPage() {
  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <h1>This page could not be shown.</h1>
      <p>
        Something went wrong on our side. Seats you hold are still held, and a payment is never taken twice.
        If you were paying, look under My tickets first.
      </p>
      <ButtonAnchor href="">Try again</ButtonAnchor>
    </main>
  );
}
