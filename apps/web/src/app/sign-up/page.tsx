import type { Metadata } from "next";
import { SignUpForm } from "../../features/account/sign-up-form.tsx";
import { pageBridge } from "../../server/bridge.ts";

export const metadata: Metadata = { title: "Create an account", robots: { index: false } };

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const { next } = await searchParams;
  return <SignUpForm next={typeof next === "string" ? next : "/"} mailboxPath={pageBridge().mailboxPath} />;
}
