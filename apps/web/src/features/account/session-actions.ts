"use server";

import type { ChallengeOffer } from "@onsale/core/risk/challenge-provider";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { signIn, signOut } from "../../server/auth.ts";
import { pageBridge } from "../../server/bridge.ts";

/** Which words the form shows; null when the session cookie was set. */
export type SignInFault = "mismatch" | "too_many" | "check" | null;

const FAULTS: Readonly<Record<string, SignInFault>> = {
  credentials: "mismatch",
  check_needed: "check",
  too_many_attempts: "too_many",
};

export async function enter(input: {
  email: string;
  password: string;
  answer?: string;
}): Promise<SignInFault> {
  const { email, password, answer = "" } = input;
  try {
    await signIn("credentials", { email, password, answer, redirect: false });
    return null;
  } catch (error) {
    const fault = FAULTS[String((error as { code?: unknown } | null)?.code)];
    if (fault) return fault;
    throw error;
  }
}

/** What the browser solves before it may try once more. */
export async function offerCheck(email: string): Promise<ChallengeOffer> {
  return pageBridge().offerSignInCheck(email);
}

/** Throws when the session could not be ended: who is told "signed out" must be. */
export async function endSession(): Promise<void> {
  await pageBridge().leave((await cookies()).toString());
  await signOut({ redirect: false });
}

export async function leave(): Promise<void> {
  await endSession();
  redirect("/");
}

/** The cookie of a session that is over already. */
export async function forgetSession(): Promise<void> {
  await signOut({ redirect: false });
}
