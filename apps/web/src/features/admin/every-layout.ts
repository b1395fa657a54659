import type { PageBridge } from "@onsale/api/page-bridge";
import { everyPage, PAGE_MAX } from "@onsale/core/shared/page";

type Caller = Awaited<ReturnType<PageBridge["caller"]>>;

/** A form's choice must offer all there are. */
export function everyLayout(caller: Caller) {
  return everyPage((after) => caller.admin.layouts.list({ after, limit: PAGE_MAX }));
}
