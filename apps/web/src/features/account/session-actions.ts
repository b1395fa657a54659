"use server";

import { redirect } from "next/navigation";
import { signIn, signOut } from "../../server/auth.ts";

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

export async function leave(): Promise<void> {
  await signOut({ redirect: false });
  redirect("/");
}
