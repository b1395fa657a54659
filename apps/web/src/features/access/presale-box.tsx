"use client";

import type { EventPage } from "@onsale/contract/event";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/provider.tsx";
import { ButtonLink } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { CodeForm } from "./code-form.tsx";
import { signInWithCode, useLinkedCode } from "./linked-code.ts";
import { openedWords, type PresaleLine } from "./presale-words.ts";
import styles from "./presale-box.module.css";

/** Presales on the event's page: when they are, whether this fan may buy in them, and where a code is entered. */
export function PresaleBox({
  event,
  lines,
}: {
  event: Pick<EventPage, "id" | "slug">;
  lines: readonly PresaleLine[];
}) {
  const linked = useLinkedCode();
  const trpc = useTRPC();
  const eventId = event.id;
  const me = useQuery(trpc.account.me.queryOptions());
  const mine = useQuery(trpc.access.mine.queryOptions({ eventId }, { enabled: Boolean(me.data) }));
  const own = new Set(mine.data?.opened.map(({ windowKey }) => windowKey));
  const opened = lines.filter(({ windowKey }) => own.has(windowKey));
  const words = openedWords(opened);
  return (
    <section aria-labelledby="presale" className={styles["box"]}>
      <h2 id="presale">{lines.length === 1 ? "Presale" : "Presales"}</h2>
      <ul className={styles["list"]}>
        {lines.map((line) => (
          <li key={`${line.windowKey} ${line.words}`}>
            <span className={styles["label"]}>{line.label}</span>
            <span className={styles["when"]}>{line.words}</span>
          </li>
        ))}
      </ul>
      {opened.length > 0 && (
        <Notice tone="go" title={words.title}>
          <p>{words.text}</p>
        </Notice>
      )}
      {me.data && opened.length < lines.length && <CodeForm eventId={eventId} />}
      {me.data && !me.data.emailVerified && opened.length < lines.length && (
        <p className={styles["when"]}>
          Were you invited by mail?{" "}
          <a href={`/verify-email?next=${encodeURIComponent(`/events/${event.slug}`)}`}>
            Confirm your address
          </a>
          , then this page opens by itself.
        </p>
      )}
      {me.data === null && (
        <div>
          <ButtonLink href={signInWithCode(event.slug, linked)}>Sign in to enter a code</ButtonLink>
        </div>
      )}
    </section>
  );
}
