import "@fontsource-variable/bricolage-grotesque/opsz.css";
import "@fontsource-variable/hanken-grotesk/wght.css";
import "../ui/tokens.css";
import "../ui/base.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { FocusOnChange } from "../features/shell/focus-on-change.tsx";
import { FreshOnReturn } from "../features/shell/fresh-on-return.tsx";
import { SiteFooter, SiteHeader } from "../features/shell/site-header.tsx";
import { LocaleProvider } from "../features/locale/locale-context.tsx";
import { api } from "../server/bridge.ts";
import { requestLocale } from "../server/locale.ts";

/** Every page carries a nonce of its own and the visitor's session. */
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Onsale: tickets, at the price you see", template: "%s · Onsale" },
  description: "Choose your own seats on a live map. Prices are whole from the first number on.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf7f2" },
    { media: "(prefers-color-scheme: dark)", color: "#14120f" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [me, locale] = await Promise.all([(await api()).account.me(), requestLocale()]);
  return (
    <html lang="en">
      <body>
        <a className="skip-link" href="#main">
          Skip to the content
        </a>
        <SiteHeader me={me} />
        <LocaleProvider locale={locale}>
          <FreshOnReturn />
          <FocusOnChange />
          {children}
        </LocaleProvider>
        <SiteFooter />
      </body>
    </html>
  );
}
