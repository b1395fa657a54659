"use client";

import { type ComponentType, useEffect, useState } from "react";
import { Notice } from "../../ui/notice.tsx";
import { OFFLINE, readFailure } from "../errors/app-failure.ts";

type Words = ComponentType<{ error: unknown }>;

/**
 * What went wrong, in the fan's words. They are many, and are fetched with the first pick or the first failure; where they
 * cannot be had, what is said here is true of every press on this page.
 */
export function FailureLater({ error, isNear }: { error: unknown; isNear: boolean }) {
  const [words, setWords] = useState<{ readonly Notice: Words } | null>(null);
  const [couldNot, setCouldNot] = useState(false);
  const isWanted = (isNear || error !== null) && words === null;
  useEffect(() => {
    if (!isWanted) return;
    import("../../ui/failure-notice.tsx").then(
      ({ FailureNotice }) => setWords({ Notice: FailureNotice }),
      () => setCouldNot(true),
    );
  }, [isWanted, error]);
  if (error === null) return null;
  if (words) return <words.Notice error={error} />;
  if (readFailure(error).category === OFFLINE) return <Offline />;
  return couldNot ? <Unexplained /> : null;
}

function Offline() {
  return (
    <Notice tone="stop" title="You are offline. Nothing was sent.">
      <p>Nothing was charged. Press again when you have a connection; nothing happens by itself.</p>
    </Notice>
  );
}

function Unexplained() {
  return (
    <Notice tone="stop" title="That did not work.">
      <p>Nothing was charged. Check your connection and try again.</p>
    </Notice>
  );
}
