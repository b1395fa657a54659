"use client";

import { DEFAULT_LOCALE, type Locale } from "@onsale/core/shared/locale";
import { createContext, type ReactNode, useContext } from "react";

const LocaleContext = createContext<Locale>(DEFAULT_LOCALE);

/** Decided by the server from the request, so that the browser writes the same characters again. */
export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

export const useLocale = () => useContext(LocaleContext);
