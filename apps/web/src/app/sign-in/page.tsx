import type { Metadata } from "next";
import { SignInForm } from "../../features/account/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

type Props = { searchParams: Promise<{ next?: string | string[]; why?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next, why } = await searchParams;
  return <SignInForm next={typeof next === "string" ? next : "/"} staffOnly={why === "staff"} />;
}
