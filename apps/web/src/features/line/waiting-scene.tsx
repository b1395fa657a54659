"use client";

import { type Forecast, forecastOf } from "@onsale/core/line/forecast";
import { ChimeSwitch } from "./chime-switch.tsx";
import type { Scene, Waiting } from "./line-progress.ts";
import type { SceneProps } from "./scene-props.ts";
import { figures, lateWords, type Standstill } from "./line-words.ts";
import { JoinButton, LookLink } from "./lobby-scene.tsx";
import { etaWords, oddsWords } from "./scene-words.ts";
import styles from "./line.module.css";

export function WaitingScene({
  scene,
  ...props
}: SceneProps & { scene: Extract<Scene, { kind: "waiting" | "can_join" }> }) {
  if (scene.kind === "can_join") return <CanJoin scene={scene} {...props} />;
  const { now, servedTo } = props.facts;
  const forecast = forecastOf({ ...now, servedTo }, scene.number);
  return (
    <>
      <h1 className={styles["title"]}>{headingOf(scene)}</h1>
      <div className={styles["countdown"]}>
        <p className={styles["figure"]}>{scene.ahead === 0 ? "Next" : figures(scene.ahead)}</p>
        <p className={styles["caption"]}>
          {scene.ahead === 0
            ? "You go in with the next fans."
            : `${scene.ahead === 1 ? "number is" : "numbers are"} ahead of yours.`}
        </p>
      </div>
      <Track waiting={scene} servedTo={servedTo} />
      <Expectation standstill={scene.standstill} forecast={forecast} place={scene.place} />
      <p className={styles["lead"]}>
        {now.state === "paused" && scene.place !== "far"
          ? pausedWords(now.graceMs)
          : stayWords(scene.place, now.graceMs)}
      </p>
      <div className={styles["actions"]}>
        <ChimeSwitch {...props} />
        <LookLink slug={props.event.slug} />
      </div>
    </>
  );
}

function headingOf({ place }: Waiting): string {
  return place === "far" ? "You are in the line" : "It is nearly your turn";
}

/** Nobody has to stare at a page for as long as nothing moves. */
function pausedWords(graceMs: number): string {
  return `You need not watch this page while the line is paused, but look in now and then: you are among the next when it goes on. If you are up to ${lateWords(graceMs)} late, you keep your number.`;
}

/** Permission to go, or the wish to stay. */
function stayWords(place: Waiting["place"], graceMs: number): string {
  switch (place) {
    case "far":
      return `You may put the phone away or close this page: your number stays yours. Come back before your turn. If you are up to ${lateWords(graceMs)} late, you keep your number and go in with the next fans.`;
    case "near":
      return "Please stay here now. The page calls you as soon as you can go in.";
    case "late":
      return "Your number has been called and is kept for you. Please stay here: you are among the next to go in.";
  }
}

/** How far the line has come, from the first number to this fan's. It moves; nothing spins. */
function Track({ waiting, servedTo }: { waiting: Waiting; servedTo: number }) {
  const percent = `${(waiting.travelled * 100).toFixed(2)}%`;
  return (
    <div className={styles["track"]}>
      <div className={styles["rail"]} aria-hidden="true">
        <div className={styles["done"]} style={{ width: percent }} />
      </div>
      <dl className={styles["ends"]}>
        <div>
          <dt>Now serving</dt>
          <dd>{servedTo === 0 ? "–" : figures(servedTo)}</dd>
        </div>
        <div>
          <dt>Your number</dt>
          <dd>{figures(waiting.number)}</dd>
        </div>
      </dl>
    </div>
  );
}

/** One place for what can be expected and for why nothing moves: it changes its words and not its size. */
function Expectation({
  standstill,
  forecast,
  place,
}: {
  standstill: Standstill | null;
  forecast: Forecast;
  place: Waiting["place"];
}) {
  return (
    <div className={styles["expect"]} data-still={standstill !== null}>
      {standstill ? (
        <>
          <p className={styles["strong"]}>{standstill.title}</p>
          <p>{standstill.words}</p>
        </>
      ) : (
        <>
          <p className={styles["strong"]}>{place === "far" ? etaWords(forecast) : "A moment more."}</p>
          <p>{oddsWords(forecast)}</p>
        </>
      )}
    </div>
  );
}

function CanJoin({ scene, ...props }: SceneProps & { scene: Extract<Scene, { kind: "can_join" }> }) {
  const { now, servedTo } = props.facts;
  const forecast = forecastOf({ ...now, servedTo }, now.lastNumber + 1);
  return (
    <>
      <h1 className={styles["title"]}>The line is open</h1>
      <div className={styles["countdown"]}>
        <p className={styles["figure"]}>{figures(scene.ahead)}</p>
        <p className={styles["caption"]}>{scene.ahead === 1 ? "fan waits" : "fans wait"} in it now.</p>
      </div>
      <Expectation standstill={scene.standstill} forecast={forecast} place="far" />
      <p className={styles["lead"]}>
        The draw is over; who joins now stands at the end and gets number {figures(now.lastNumber + 1)}.
      </p>
      <JoinButton {...props} words="Join the line" />
    </>
  );
}
