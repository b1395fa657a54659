"use client";

import type { WaitlistWishes } from "@onsale/core/waitlist/waitlist";
import type { WaitView } from "@onsale/contract/waitlist";
import type { EventPage, SaleMap } from "@onsale/contract/event";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { placeWords } from "../event/event-words.ts";
import { useLocale } from "../locale/locale-context.tsx";
import { eventDate } from "@onsale/core/shared/format";
import { Poster } from "../poster/poster.tsx";
import { lookAgainMs } from "./look-again.ts";
import { OfferCard } from "./offer-card.tsx";
import { aheadWords, endWords, wishWords } from "./waitlist-words.ts";
import { WishForm } from "./wish-form.tsx";
import styles from "./waitlist.module.css";

type ViewProps = {
  readonly event: EventPage;
  readonly map: SaleMap;
  readonly signedIn: boolean;
  readonly waits: readonly WaitView[];
};

/** Join, wait, be offered seats: one page that changes by itself. */
export function WaitlistView({ event, map, signedIn, waits }: ViewProps) {
  const trpc = useTRPC();
  const cache = useQueryClient();
  const own = { eventId: event.id };
  const mine = trpc.waitlist.mine.queryOptions(own);
  const [random] = useState(() => Math.random());
  const { data } = useQuery({
    ...mine,
    initialData: [...waits],
    enabled: signedIn,
    refetchInterval: ({ state }) => lookAgainMs(state.data?.[0], random),
  });
  const wait = data[0] ?? null;
  const show = async (next: WaitView) => {
    // What was asked before the change is not to be shown after it.
    await cache.cancelQueries({ queryKey: mine.queryKey });
    cache.setQueryData(mine.queryKey, [next]);
  };
  const look = () => cache.invalidateQueries({ queryKey: mine.queryKey });
  const join = useMutation(trpc.waitlist.join.mutationOptions({ onSuccess: show }));
  const change = useMutation(trpc.waitlist.change.mutationOptions({ onSuccess: show, onError: look }));
  const leave = useMutation(trpc.waitlist.leave.mutationOptions({ onSettled: look }));
  const decline = useMutation(trpc.waitlist.decline.mutationOptions({ onSettled: look }));
  const failed = [join, change, leave, decline].find((call) => call.isError);
  const running = isRunning(wait);
  const ended = endWords(wait);
  return (
    <PageFrame width="wide" className={styles["page"]}>
      <Heading event={event} />
      <div className={styles["board"]}>
        {failed?.error && <FailureNotice error={failed.error} />}
        {wait?.offer ? (
          <OfferCard
            offer={wait.offer}
            slug={event.slug}
            currency={event.currency}
            busy={decline.isPending}
            onDecline={() => decline.mutate(own)}
            onOver={() => void look()}
          />
        ) : running && wait ? (
          <Waiting
            wait={wait}
            words={wishWords(wait.wishes, map, event.currency)}
            onLeave={() => leave.mutate(own)}
            leaving={leave.isPending}
          >
            <WishForm
              event={event}
              map={map}
              known={wait.wishes}
              busy={change.isPending}
              onWishes={(wishes: WaitlistWishes) => change.mutate({ ...own, wishes })}
            />
          </Waiting>
        ) : (
          <>
            {ended && (
              <Notice tone={wait?.ended === "bought" ? "go" : "plain"} title={ended.title}>
                <p>{ended.text}</p>
              </Notice>
            )}
            <h2>Wait for seats that come back</h2>
            {signedIn ? (
              <WishForm
                event={event}
                map={map}
                known={wait?.wishes ?? null}
                busy={join.isPending}
                onWishes={(wishes: WaitlistWishes) => join.mutate({ ...own, wishes })}
              />
            ) : (
              <div className={styles["actions"]}>
                <ButtonLink
                  kind="next"
                  href={`/sign-in?next=${encodeURIComponent(`/events/${event.slug}/waitlist`)}`}
                >
                  Sign in to join the waitlist
                </ButtonLink>
              </div>
            )}
          </>
        )}
      </div>
      <Rules />
    </PageFrame>
  );
}

const isRunning = (wait: WaitView | null | undefined) =>
  wait?.state === "waiting" || wait?.state === "offered";

function Waiting({
  wait,
  words,
  leaving,
  onLeave,
  children,
}: {
  wait: WaitView;
  words: readonly string[];
  leaving: boolean;
  onLeave: () => void;
  children: React.ReactNode;
}) {
  const locale = useLocale();
  return (
    <>
      <h2>You are on the waitlist</h2>
      <output className={styles["ahead"]}>
        {wait.state === "offered" ? "Seats are being put aside for you." : aheadWords(wait.ahead, locale)}
      </output>
      <p>
        You can close this page: when seats come back that you want, we send you a mail and they are shown
        here. Seats that you do not want may go to fans behind you first.
      </p>
      <ul className={styles["wishes"]}>
        {words.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <details className={styles["change"]}>
        <summary>Change what you wait for</summary>
        <p className={styles["small"]}>You keep your place.</p>
        {children}
      </details>
      <div className={styles["leave"]}>
        <Button kind="quiet" busy={leaving} onClick={onLeave}>
          Leave the waitlist
        </Button>
      </div>
    </>
  );
}

function Heading({ event }: { event: EventPage }) {
  const date = eventDate(event.startsAtMs, event.timeZone, useLocale());
  return (
    <div className={styles["heading"]}>
      <div className={styles["art"]}>
        <Poster title={event.title} genre={event.genre} />
      </div>
      <div>
        <h1>The waitlist</h1>
        <p>
          <Link href={`/events/${event.slug}`}>{event.title}</Link>, {date.full}, {date.time}
          <br />
          {placeWords(event.venue)}
        </p>
      </div>
    </div>
  );
}

function Rules() {
  return (
    <section className={styles["rules"]} aria-labelledby="rules-title">
      <h2 id="rules-title">How it works</h2>
      <ul>
        <li>
          Seats that come back are offered in order: first to fans who stood in the line, by their numbers;
          then to everybody else, by when they joined the waitlist.
        </li>
        <li>
          When seats come back that are what you want, they are kept for you for 15 minutes and we tell you.
        </li>
        <li>
          If you let them go or the time runs out, the next fan gets them. Nothing is charged before you pay.
        </li>
        <li>Changing what you want keeps your place.</li>
      </ul>
    </section>
  );
}
