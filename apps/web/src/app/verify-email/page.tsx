import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { safePath } from "../../features/account/safe-path.ts";
import { VerifyEmailForm } from "../../features/account/verify-email-form.tsx";
import { api } from "../../server/bridge.ts";

export const metadata: Metadata = { title: "Confirm your address", robots: { index: false } };

export default async function VerifyEmailPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const { next } = await searchParams;
  const path = safePath(typeof next === "string" ? next : "/");
  const me = await (await api()).account.me();
  if (!me) redirect(`/sign-in?next=${encodeURIComponent(`/verify-email?next=${encodeURIComponent(path)}`)}`);
  return <VerifyEmailForm email={me.email} isVerified={me.emailVerified} next={path} />;
}
