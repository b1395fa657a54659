"use client";

import type { PublicLine } from "@onsale/contract/line";
import type { Standing } from "@onsale/core/line/standing";
import type { EventPage } from "@onsale/contract/event";
import { forecastOf } from "@onsale/core/line/forecast";
import type { LineNow } from "@onsale/core/line/now-serving";
import { useEffect, useRef, useState } from "react";
import { ButtonLink } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageFrame } from "../../ui/frame/page-frame.tsx";
import { readFailure } from "../errors/app-failure.ts";
import { placeWords } from "../event/event-words.ts";
import { useLocale } from "../locale/locale-context.tsx";
import { eventDate } from "@onsale/core/shared/format";
import { Poster } from "../poster/poster.tsx";
import { nextSaid, type Said } from "./announce.ts";
import { playChime } from "./chime.ts";
import { DrawFacts } from "./draw-facts.tsx";
import { EndScene, isEnd } from "./end-scene.tsx";
import { linkOf } from "./line-feed.ts";
import { type Scene, sceneOf } from "./line-progress.ts";
import type { LineSession } from "./line-session.ts";
import { LobbyScene } from "./lobby-scene.tsx";
import type { SceneProps } from "./scene-props.ts";
import { spokenOf, titleOf } from "./scene-words.ts";
import { SeatsLeft } from "./seats-left.tsx";
import { TurnScene } from "./turn-scene.tsx";
import { useLine } from "./use-line.ts";
import { WaitingScene } from "./waiting-scene.tsx";
import styles from "./line.module.css";

export type LineViewProps = {
  readonly event: EventPage;
  readonly line: PublicLine;
  /** null: nobody is signed in. */
  readonly accountId: string | null;
  readonly standing: Standing | null | undefined;
  /** Joins at once: the fan pressed the button before signing in. */
  readonly joinNow: boolean;
};

/** Lobby, wait and turn of one line: one page that changes by itself and never needs a reload. */
export function LineView({ event, line, accountId, standing, joinNow }: LineViewProps) {
  const own = {
    eventId: event.id,
    slug: event.slug,
    lineId: line.id,
    accountId: accountId ?? "",
    shopping: false,
    holding: false,
  };
  const { session, state, facts, browserMs } = useLine(own, standing);
  const scene = facts && sceneOf(facts);
  useJoinNow(session, accountId !== null && joinNow ? scene : null);
  useTurnSignals(scene, { title: event.title, chime: state.chime });
  const number = state.fan.standing?.number ?? null;
  const forecast =
    facts && number !== null ? forecastOf({ ...facts.now, servedTo: facts.servedTo }, number) : null;
  const link = linkOf(state.feed, browserMs);
  return (
    <PageFrame width="wide" className={styles["page"]} busy={scene === null}>
      <Heading event={event} />
      {link === "gone" ? (
        <Notice tone="wait" title="This line does not exist any more.">
          <p>
            <a href={`/events/${event.slug}`}>Open the event’s page again.</a>
          </p>
        </Notice>
      ) : (
        <div className={styles["board"]} data-end={scene !== null && isEnd(scene)}>
          {scene && facts ? (
            <SceneView
              scene={scene}
              {...{ event, facts, session, state, browserMs, signedIn: accountId !== null }}
            />
          ) : (
            <p className={styles["lead"]}>Looking where the line stands.</p>
          )}
          {state.failure !== null && <JoinFailure error={state.failure} slug={event.slug} />}
          {state.signedOut && <SignInAgain slug={event.slug} />}
          {(scene === null || !isEnd(scene) || link !== "live") && <LinkNote link={link} />}
        </div>
      )}
      {facts && <Beside event={event} now={facts.now} standing={state.fan.standing} scene={scene} />}
      <Announcer news={scene && spokenOf(scene, forecast)} browserMs={browserMs} />
    </PageFrame>
  );
}

function SceneView({ scene, ...props }: SceneProps & { scene: Scene }) {
  switch (scene.kind) {
    case "not_open":
    case "lobby":
    case "drawing":
    case "number_coming":
      return <LobbyScene scene={scene} {...props} />;
    case "can_join":
    case "waiting":
      return <WaitingScene scene={scene} {...props} />;
    case "turn":
      return <TurnScene scene={scene} {...props} />;
    case "lapsed":
    case "over":
    case "bought":
    case "sold_out":
    case "last_calls":
    case "finished":
      return <EndScene scene={scene} {...props} />;
  }
}

function Heading({ event }: { event: EventPage }) {
  const date = eventDate(event.startsAtMs, event.timeZone, useLocale());
  return (
    <header className={styles["heading"]}>
      <div className={styles["art"]}>
        <Poster title={event.title} genre={event.genre} />
      </div>
      <div>
        <p className={styles["kicker"]}>The line for</p>
        <p className={styles["event"]}>
          <a href={`/events/${event.slug}`}>{event.title}</a>
        </p>
        <p className={styles["small"]}>
          <time dateTime={date.iso}>
            {date.weekday} {date.day} {date.month}, {date.time}
          </time>
          , {placeWords(event.venue)}
        </p>
      </div>
    </header>
  );
}

/** What stands beside the board, the same in every scene, so that nothing jumps when scenes change. */
function Beside({
  event,
  now,
  standing,
  scene,
}: {
  event: EventPage;
  now: LineNow;
  standing: Standing | null;
  scene: Scene | null;
}) {
  return (
    <aside className={styles["beside"]} aria-label="About this line">
      {now.notice !== "" && (
        <section className={styles["notice"]} aria-labelledby="notice-title">
          <h2 id="notice-title">From the organizer</h2>
          <p>{now.notice}</p>
        </section>
      )}
      {scene && !isEnd(scene) && event.map && <SeatsLeft event={event} map={event.map} now={now} />}
      <DrawFacts event={event} now={now} standing={standing} />
    </aside>
  );
}

/** Whoever only lacks a confirmed address is led there and back, and joins then. */
function JoinFailure({ error, slug }: { error: unknown; slug: string }) {
  if (readFailure(error).code !== "account.unverified") return <FailureNotice error={error} />;
  const back = `/events/${slug}/line?join=1`;
  return (
    <Notice tone="wait" title="This line asks for a confirmed mail address.">
      <p>We send you six digits; it takes a minute. You come back here and join at once.</p>
      <ButtonLink href={`/verify-email?next=${encodeURIComponent(back)}`}>Confirm my address</ButtonLink>
    </Notice>
  );
}

function SignInAgain({ slug }: { slug: string }) {
  return (
    <Notice tone="wait" title="You have been signed out.">
      <p>
        Your place is kept with your account.{" "}
        <a href={`/sign-in?next=${encodeURIComponent(`/events/${slug}/line`)}`}>Sign in again</a>
      </p>
    </Notice>
  );
}

/** Always there, so that a lost connection moves nothing on the page. */
function LinkNote({ link }: { link: ReturnType<typeof linkOf> }) {
  const words = {
    loading: "Connecting.",
    live: "This page stays up to date by itself.",
    reconnecting: "The connection broke. Your place is kept; reconnecting.",
    stale: "No news from the line for a moment. Your place is kept.",
    gone: "",
  }[link];
  return (
    <p className={styles["link"]} data-link={link}>
      {words}
    </p>
  );
}

function Announcer({ news, browserMs }: { news: { key: string; text: string } | null; browserMs: number }) {
  const [said, setSaid] = useState<Said | null>(null);
  const next = news ? nextSaid(said, news, browserMs) : said;
  if (next !== said) setSaid(next);
  return (
    <output className="visually-hidden" data-testid="line-said">
      {said?.text}
    </output>
  );
}

function useJoinNow(session: LineSession, scene: Scene | null): void {
  const done = useRef(false);
  useEffect(() => {
    if (scene === null || done.current) return;
    done.current = true;
    window.history.replaceState(null, "", window.location.pathname);
    if (scene.kind === "can_join" || (scene.kind === "lobby" && !scene.joined)) void session.join();
  }, [scene, session]);
}

/** Title and sound; the focus moves in the scene itself. */
function useTurnSignals(scene: Scene | null, { title, chime }: { title: string; chime: boolean }): void {
  const words = titleOf(scene, title);
  useEffect(() => {
    document.title = words;
  }, [words]);
  const isTurn = scene?.kind === "turn";
  useEffect(() => {
    if (!isTurn || !chime) return;
    playChime();
    navigator.vibrate?.([200, 100, 200]);
  }, [isTurn, chime]);
}
