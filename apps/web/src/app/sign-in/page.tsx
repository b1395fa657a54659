import type { Metadata } from "next";
import { SignInForm } from "../../features/account/sign-in-form.tsx";
import { SignedInAlready } from "../../features/account/signed-in-already.tsx";
import { api } from "../../server/bridge.ts";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

type Props = { searchParams: Promise<{ next?: string | string[]; why?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, why } = await searchParams;
  const after = typeof next === "string" ? next : "/";
  const staffOnly = why === "staff";
  const me = staffOnly ? null : await (await api()).account.me();
  return (
    <SignInForm
      next={after}
      staffOnly={staffOnly}
      notice={me && <SignedInAlready name={me.name} next={after} />}
    />
  );
}
