"use client";

import { ButtonAnchor } from "../ui/button-anchor.tsx";
import styles from "./message-page.module.css";

/** Loads the page whole again: what failed may be anything that a part of it needs. */
export default function ErrorPage() {
  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <h1>This page could not be shown.</h1>
      <p>
        Something went wrong on our side. If you hold seats, look at your checkout: their time runs on. A
        payment is never taken twice; if you were paying, look under My tickets first.
      </p>
      <ButtonAnchor href="">Try again</ButtonAnchor>
    </main>
  );
}
