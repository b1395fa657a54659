"use client";

import { lazy, Suspense, useEffect } from "react";
import { Notice } from "../../ui/notice.tsx";

/** Before the first pick there is nothing that could fail, and the words for every failure are many. */
const load = () =>
  import("../../ui/failure-notice.tsx").then(
    ({ FailureNotice }) => ({ default: FailureNotice }),
    () => ({ default: Unexplained }),
  );
const FailureNotice = lazy(load);

/** What went wrong, in the fan's words. They are fetched with the first pick, so that they are there without a network. */
export function FailureLater({ error, isNear }: { error: unknown; isNear: boolean }) {
  useEffect(() => {
    if (isNear) void load();
  }, [isNear]);
  if (error === null) return null;
  return (
    <Suspense fallback={null}>
      <FailureNotice error={error} />
    </Suspense>
  );
}

/** For a browser that could not fetch the words either. */
function Unexplained() {
  return (
    <Notice tone="stop" title="That did not work.">
      <p>Nothing was charged. Check your connection and try again.</p>
    </Notice>
  );
}
