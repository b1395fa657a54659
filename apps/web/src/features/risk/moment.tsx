import styles from "./moment.module.css";

/** Staff may be anywhere; the portal says UTC, like the logs beside it. */
export function Moment({ atMs }: { atMs: number }) {
  const iso = new Date(atMs).toISOString();
  return (
    <time dateTime={iso} className={styles["moment"]}>{`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`}</time>
  );
}
