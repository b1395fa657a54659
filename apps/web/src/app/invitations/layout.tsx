import type { ReactNode } from "react";
import { ApiProvider } from "../../trpc/provider.tsx";

export default function ApiLayout({ children }: { children: ReactNode }) {
  return <ApiProvider>{children}</ApiProvider>;
}
