"use client";

import type { LayoutDocument } from "@onsale/core/layout/layout";
import { compileLayout } from "@onsale/core/layout/seat-plan";
import { useQuery } from "@tanstack/react-query";
import { makeMapModel } from "./map-model.ts";

/**
 * A layout by the hash of its content: it can never change, so it is fetched once and kept. It was validated when it was
 * saved and comes from our own server, so it is not parsed again here.
 */
export function useLayout(layoutHash: string) {
  return useQuery({
    queryKey: ["layout", layoutHash],
    queryFn: async () => {
      const response = await fetch(`/api/layouts/${layoutHash}.json`);
      if (!response.ok) throw new Error(`layout: ${response.status}`);
      const layout = (await response.json()) as LayoutDocument;
      const plan = compileLayout(layout);
      return { plan, model: makeMapModel(plan, layout) };
    },
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  });
}
