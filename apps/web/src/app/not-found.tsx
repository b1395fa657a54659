import { ButtonAnchor } from "../ui/button-anchor.tsx";
import styles from "./message-page.module.css";

export const metadata = { title: "Not found" };

export default function NotFoundPage() {
  return (
    <main id="main" tabIndex={-1} className={styles["page"]}>
      <h1>This seat is empty.</h1>
      <p>There is no page at this address. The event may have been renamed, or the link was cut off.</p>
      <ButtonAnchor href="/">See the programme</ButtonAnchor>
    </main>
  );
}
