"use client";

import { useQuery } from "@tanstack/react-query";
import { loadLayout } from "./load-layout.ts";

/** A layout by the hash of its content: it can never change, so it is fetched once and kept. */
export function useLayout(layoutHash: string) {
  return useQuery({
    queryKey: ["layout", layoutHash],
    queryFn: () => loadLayout(layoutHash),
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  });
}
