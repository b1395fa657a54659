"use client";

import { Button, ButtonLink } from "../../ui/button.tsx";
import { ChimeSwitch } from "./chime-switch.tsx";
import type { Scene } from "./line-progress.ts";
import type { SceneProps } from "./scene-props.ts";
import { moment } from "@onsale/core/shared/format";
import { useLocale } from "../locale/locale-context.tsx";
import { countdownFigures, countdownWords, counted } from "./line-words.ts";
import styles from "./line.module.css";

type Kind = "not_open" | "lobby" | "drawing" | "number_coming";

export function LobbyScene({ scene, ...props }: SceneProps & { scene: Extract<Scene, { kind: Kind }> }) {
  switch (scene.kind) {
    case "not_open":
      return <NotOpen opensInMs={scene.opensInMs} {...props} />;
    case "lobby":
      return <Lobby joined={scene.joined} drawsInMs={scene.drawsInMs} {...props} />;
    case "drawing":
      return <Drawing joined={scene.joined} {...props} />;
    case "number_coming":
      return (
        <>
          <h1 className={styles["title"]}>The draw is made</h1>
          <p className={styles["figure"]} aria-hidden="true">
            …
          </p>
          <p className={styles["lead"]}>
            Your number comes in a moment: numbers go out one after the other. The order is fixed already.
          </p>
        </>
      );
  }
}

function NotOpen({ opensInMs, event, facts }: SceneProps & { opensInMs: number }) {
  const { lobbyOpensAtMs, drawsAtMs } = facts.now;
  const locale = useLocale();
  const at = (ms: number) => moment(ms, event.timeZone, locale);
  return (
    <>
      <h1 className={styles["title"]}>The lobby is not open yet</h1>
      <Countdown leftMs={opensInMs} what="It opens" />
      <p className={styles["lead"]}>
        The lobby opens {at(lobbyOpensAtMs)}. It does not help to come first: whoever is in it by{" "}
        {at(drawsAtMs)} takes part in the same draw.
      </p>
      <div className={styles["actions"]}>
        <LookLink slug={event.slug} />
      </div>
    </>
  );
}

function Lobby(props: SceneProps & { joined: boolean; drawsInMs: number }) {
  const { joined, drawsInMs, event, facts, state } = props;
  const locale = useLocale();
  const { drawsAtMs } = facts.now;
  // Whoever joined on another device a moment ago knows of one at least.
  const entries = Math.max(state.lobby, joined ? 1 : 0);
  return (
    <>
      <h1 className={styles["title"]}>{joined ? "You are in" : "The lobby is open"}</h1>
      <Countdown leftMs={drawsInMs} what="The draw is" />
      <p className={styles["lead"]}>
        {joined
          ? "You may close this page and come back, here or on another device: your place is kept with your account. "
          : "It does not help to come first: everybody who is in by then takes part in the same draw. "}
        The draw is {moment(drawsAtMs, event.timeZone, locale)}; then everybody gets a number, and the lowest
        go in first.
      </p>
      <p className={styles["count"]}>
        {entries === 0
          ? "Nobody is in the lobby yet."
          : `${counted(entries, "fan")} ${entries === 1 ? "is" : "are"} in the lobby.`}
      </p>
      {!joined && <JoinButton {...props} words="Take part in the draw" />}
      {joined && (
        <div className={styles["actions"]}>
          <ChimeSwitch {...props} />
          <LookLink slug={event.slug} />
        </div>
      )}
    </>
  );
}

function Drawing({ joined, ...props }: SceneProps & { joined: boolean }) {
  return (
    <>
      <h1 className={styles["title"]}>The draw is being made</h1>
      <p className={styles["figure"]} aria-hidden="true">
        0:00
      </p>
      <p className={styles["lead"]}>
        {joined
          ? "The lobby is closed and you are in it. In a moment everybody gets a number; this page shows you yours."
          : "The lobby is closed. You can still join: you get a number after those who were drawn."}
        {props.facts.now.publicValueSource !== null &&
          ` The draw waits for a value that nobody can know before: ${props.facts.now.publicValueSource}.`}
      </p>
      {!joined && <JoinButton {...props} words="Join the line at its end" />}
    </>
  );
}

function Countdown({ leftMs, what }: { leftMs: number; what: string }) {
  return (
    <div className={styles["countdown"]}>
      <p className={styles["figure"]} role="timer" aria-live="off">
        {countdownFigures(leftMs)}
      </p>
      <p className={styles["caption"]}>
        {what} {countdownWords(leftMs)}.
      </p>
    </div>
  );
}

/** Joins, or leads to sign-in and back here, where it goes on by itself. */
export function JoinButton({ event, session, state, signedIn, words }: SceneProps & { words: string }) {
  const here = `/events/${event.slug}/line`;
  return (
    <div className={styles["actions"]}>
      {signedIn ? (
        <Button kind="next" busy={state.busy === "join"} onClick={() => void session.join()}>
          {words}
        </Button>
      ) : (
        <>
          <ButtonLink kind="next" href={`/sign-in?next=${encodeURIComponent(`${here}?join=1`)}`}>
            Sign in and take a place
          </ButtonLink>
          <p className={styles["small"]}>A place belongs to an account, so that nobody can take two.</p>
        </>
      )}
      <LookLink slug={event.slug} />
    </div>
  );
}

export function LookLink({ slug }: { slug: string }) {
  return (
    <a className={styles["look"]} href={`/events/${slug}/seats`}>
      Look at the seat map meanwhile
    </a>
  );
}
