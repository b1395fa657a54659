import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { PortalNav } from "../../features/admin/portal-nav.tsx";
import { WorkerBanner } from "../../features/admin/worker-banner.tsx";
import { api } from "../../server/bridge.ts";
import { MayProvider } from "../../features/organization/may-context.tsx";
import { portal } from "../../features/organization/portal.ts";
import { readFor } from "../../trpc/page-reads.ts";
import { ApiProvider } from "../../trpc/provider.tsx";
import { PortalFrame } from "../../ui/frame/portal-frame.tsx";
import { Toasts } from "../../ui/toast/toasts.tsx";

export const metadata: Metadata = {
  title: { default: "Portal", template: "%s · Onsale portal" },
  robots: { index: false },
};

/** A courtesy: every procedure behind these pages checks the role itself. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const me = await (await api()).account.me();
  if (!me) redirect("/sign-in?next=/admin");
  const { mine, organization } = await readFor("/admin", portal);
  if (mine.length === 0 && me.role !== "operator") redirect("/sign-in?why=staff&next=/admin");
  return (
    <PortalFrame
      nav={<PortalNav mine={mine} chosen={organization?.id ?? null} isOperator={me.role === "operator"} />}
    >
      <MayProvider mine={mine}>
        <ApiProvider>
          <Toasts>
            <WorkerBanner />
            {children}
          </Toasts>
        </ApiProvider>
      </MayProvider>
    </PortalFrame>
  );
}
