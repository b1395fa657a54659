import type { SessionStore } from "./session-store.ts";
import type { SignUpStore } from "./sign-up-store.ts";

/** A session that is over stays for as long as somebody may ask who was signed in. */
const OLD_SESSIONS_KEPT_MS = 30 * 24 * 3_600_000;

export type ForgetOldDeps = {
  readonly sessions: Pick<SessionStore, "forget">;
  readonly signUps: Pick<SignUpStore, "forget">;
};

/** Sessions, sign-ups and links for passwords that are over. */
export function makeForgetOld({ sessions, signUps }: ForgetOldDeps) {
  return async function forgetOld(): Promise<void> {
    await sessions.forget(OLD_SESSIONS_KEPT_MS);
    await signUps.forget();
  };
}
