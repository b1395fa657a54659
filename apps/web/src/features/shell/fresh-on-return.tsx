"use client";

import { useRouter } from "next/navigation";
import { startTransition, useCallback } from "react";
import { useOnReturn } from "../../ui/use-on-return.ts";

/** A page that comes back is read again at once, so that none offers what is over. */
export function FreshOnReturn() {
  const router = useRouter();
  useOnReturn(useCallback(() => startTransition(() => router.refresh()), [router]));
  return null;
}
