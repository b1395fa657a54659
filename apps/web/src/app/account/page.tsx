import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountView } from "../../features/account/account-view.tsx";
import { api } from "../../server/bridge.ts";

export const metadata: Metadata = { title: "Your account", robots: { index: false } };

export default async function AccountPage() {
  const router = await api();
  const me = await router.account.me();
  if (!me) redirect("/sign-in?next=/account");
  return <AccountView me={me} sessions={await router.account.sessions.list()} />;
}
