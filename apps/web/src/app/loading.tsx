import styles from "./message-page.module.css";

export default function Loading() {
  return (
    <main id="main" tabIndex={-1} className={styles["loading"]} aria-busy="true">
      <output>One moment.</output>
    </main>
  );
}
