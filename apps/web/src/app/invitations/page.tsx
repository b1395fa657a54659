import type { Metadata } from "next";
import { InvitationView } from "../../features/members/invitation-view.tsx";
import { api } from "../../server/bridge.ts";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export default async function InvitationPage() {
  const me = await (await api()).account.me();
  return <InvitationView me={me && { name: me.name, email: me.email }} />;
}
