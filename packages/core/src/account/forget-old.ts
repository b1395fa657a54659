import type { JobStore } from "../outbox/job-store.ts";
import type { SessionStore } from "./session-store.ts";
import type { SignUpStore } from "./sign-up-store.ts";

/** A session that is over stays for as long as somebody may ask who was signed in. */
const OLD_SESSIONS_KEPT_MS = 30 * 24 * 3_600_000;

/** What was done by then is asked about by nobody, and nothing asks for the same again so late. */
const DONE_JOBS_KEPT_MS = 30 * 24 * 3_600_000;

/** Providers repeat a webhook for some days. */
const WEBHOOKS_KEPT_MS = 30 * 24 * 3_600_000;

export type ForgetOldDeps = {
  readonly sessions: Pick<SessionStore, "forget">;
  readonly signUps: Pick<SignUpStore, "forget">;
  readonly jobs: Pick<JobStore, "forget">;
  /** Which ones were seen. */
  readonly webhooks: { readonly forget: (olderThanMs: number) => Promise<number> };
};

/** Sessions, sign-ups and links for passwords that are over, jobs that were done, and webhooks that were seen. */
export function makeForgetOld({ sessions, signUps, jobs, webhooks }: ForgetOldDeps) {
  return async function forgetOld(): Promise<void> {
    await sessions.forget(OLD_SESSIONS_KEPT_MS);
    await signUps.forget();
    await jobs.forget(DONE_JOBS_KEPT_MS);
    await webhooks.forget(WEBHOOKS_KEPT_MS);
  };
}
