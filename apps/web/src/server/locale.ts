import "server-only";
import { localeOf } from "@onsale/core/shared/locale";
import { headers } from "next/headers";

/** How this request's reader writes numbers and clocks. */
export async function requestLocale() {
  return localeOf((await headers()).get("accept-language"));
}
