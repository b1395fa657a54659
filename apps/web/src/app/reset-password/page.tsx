import type { Metadata } from "next";
import { ResetPasswordForm } from "../../features/account/reset-password-form.tsx";
import { pageBridge } from "../../server/bridge.ts";

export const metadata: Metadata = { title: "Set a new password", robots: { index: false } };

export default function ResetPasswordPage() {
  return <ResetPasswordForm mailboxPath={pageBridge().mailboxPath} />;
}
