import type { PageBridge } from "@onsale/api/page-bridge";
import type { OrganizationId } from "@onsale/core/shared/ids";
import { everyPage, PAGE_MAX } from "@onsale/core/shared/page";

type Caller = Awaited<ReturnType<PageBridge["caller"]>>;

/** A form's choice must offer all there are. */
export function everyLayout(caller: Caller, organizationId: OrganizationId) {
  return everyPage((after) => caller.admin.layouts.list({ organizationId, after, limit: PAGE_MAX }));
}
