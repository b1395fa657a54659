"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { signIn, signOut } from "../../server/auth.ts";
import { pageBridge } from "../../server/bridge.ts";

/** Which words the form shows; null when the session cookie was set. */
export type SignInFault = "mismatch" | "too_many" | null;

export async function enter(input: { email: string; password: string }): Promise<SignInFault> {
  try {
    await signIn("credentials", { email: input.email, password: input.password, redirect: false });
    return null;
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    if (code === "too_many_attempts") return "too_many";
    if (code === "credentials") return "mismatch";
    throw error;
  }
}

/** Throws when the session could not be ended: who is told "signed out" must be. */
export async function leave(): Promise<void> {
  await pageBridge().leave((await cookies()).toString());
  await signOut({ redirect: false });
  redirect("/");
}
