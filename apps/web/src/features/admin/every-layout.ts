import type { OrganizationId } from "@onsale/core/shared/ids";
import { everyPage, PAGE_MAX } from "@onsale/core/shared/page";
import type { Api } from "../../server/bridge.ts";

/** A form's choice must offer all there are. */
export function everyLayout(caller: Api, organizationId: OrganizationId) {
  return everyPage((after) => caller.admin.layouts.list({ organizationId, after, limit: PAGE_MAX }));
}
