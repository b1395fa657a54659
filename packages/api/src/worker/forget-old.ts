import type { Container } from "../compose/container.ts";

/** A session that is over stays for as long as somebody may ask who was signed in. */
const OLD_SESSIONS_KEPT_MS = 30 * 24 * 3_600_000;

/** Sessions, sign-ups and links for passwords that are over. */
export async function forgetOld({
  sessionRows,
  signUps,
}: Pick<Container, "sessionRows" | "signUps">): Promise<boolean> {
  await sessionRows.forget(OLD_SESSIONS_KEPT_MS);
  await signUps.forget();
  return false;
}
