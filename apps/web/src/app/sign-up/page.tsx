import type { Metadata } from "next";
import { SignUpForm } from "../../features/account/sign-up-form.tsx";
import { SignedInAlready } from "../../features/account/signed-in-already.tsx";
import { api, pageBridge } from "../../server/bridge.ts";

export const metadata: Metadata = { title: "Create an account", robots: { index: false } };

export default async function SignUpPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const { next } = await searchParams;
  const after = typeof next === "string" ? next : "/";
  const me = await (await api()).account.me();
  return (
    <SignUpForm
      next={after}
      mailboxPath={pageBridge().mailboxPath}
      notice={me && <SignedInAlready name={me.name} next={after} />}
    />
  );
}
