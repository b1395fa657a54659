import type { Me, MySession } from "@onsale/contract/account";
import Link from "next/link";
import { ChangePassword } from "./change-password.tsx";
import { Sessions } from "./sessions.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import styles from "./account-form.module.css";

export function AccountView({ me, sessions }: { me: Me; sessions: readonly MySession[] }) {
  return (
    <PageFrame width="account" className={styles["page"]}>
      <h1>Your account</h1>
      <div className={styles["facts"]}>
        <p>{me.name}</p>
        <p>
          {me.email}
          {me.emailVerified ? (
            ", confirmed"
          ) : (
            <>
              , not confirmed yet. <Link href="/verify-email?next=/account">Confirm it</Link>
            </>
          )}
        </p>
      </div>
      <Sessions sessions={sessions} />
      <ChangePassword />
    </PageFrame>
  );
}
