"use client";

import type { MyOrganization } from "@onsale/contract/organization";
import { createContext, type ReactNode, useContext } from "react";
import { type May, mayOf } from "./may.ts";

const Mine = createContext<readonly MyOrganization[]>([]);

export function MayProvider({ mine, children }: { mine: readonly MyOrganization[]; children: ReactNode }) {
  return <Mine value={mine}>{children}</Mine>;
}

/** Asked with the organization that owns what is shown, whichever the portal's lists are about. */
export const useMay = (organizationId: string): May => mayOf(useContext(Mine), organizationId);
