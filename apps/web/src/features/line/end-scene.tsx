"use client";

import { Button, ButtonLink } from "../../ui/button.tsx";
import type { Scene } from "./line-progress.ts";
import type { SceneProps } from "./scene-props.ts";
import styles from "./line.module.css";
import type { EventPage } from "@onsale/contract/event";

type EndKind = "lapsed" | "over" | "bought" | "sold_out" | "last_calls" | "finished";
const ENDS = new Set<Scene["kind"]>(["lapsed", "over", "bought", "sold_out", "last_calls", "finished"]);
export const isEnd = (scene: Scene) => ENDS.has(scene.kind);

/** Where waiting ended, and what can be done now. */
export function EndScene({ scene, ...props }: SceneProps & { scene: Extract<Scene, { kind: EndKind }> }) {
  const { event } = props;
  switch (scene.kind) {
    case "lapsed":
      return (
        <>
          <h1 className={styles["big"]}>Your turn has passed</h1>
          <p className={styles["lead"]}>
            Your number was called, and you were away for longer than a number is kept. Nothing was charged.
            {!scene.canRejoin && " Nobody can join this line any more."}
          </p>
          {scene.canRejoin && <RejoinButton {...props} />}
        </>
      );
    case "over":
      return (
        <>
          <h1 className={styles["big"]}>{OVER_TITLES[scene.why]}</h1>
          <p className={styles["lead"]}>
            {OVER_WORDS[scene.why]} Seats that you hold go back to everyone when their own time ends, unless
            you pay for them before; nothing else was charged.
          </p>
          {scene.canRejoin && scene.why !== "removed" && <RejoinButton {...props} />}
        </>
      );
    case "bought":
      return (
        <>
          <h1 className={styles["big"]}>You have your tickets</h1>
          <p className={styles["lead"]}>Thank you for waiting. Your place went to the next fan.</p>
          <div className={styles["actions"]}>
            <ButtonLink kind="next" href="/tickets">
              See my tickets
            </ButtonLink>
          </div>
        </>
      );
    case "sold_out":
      if (scene.presaleOnly)
        return (
          <>
            <h1 className={styles["big"]}>The places of this presale are gone</h1>
            <p className={styles["lead"]}>
              {scene.waited ? "You need not wait any longer. We are sorry. " : ""}
              The event&rsquo;s page says when the next sale opens.
            </p>
            <div className={styles["actions"]}>
              <ButtonLink href={`/events/${event.slug}`}>Back to the event</ButtonLink>
            </div>
          </>
        );
      return (
        <>
          <h1 className={styles["big"]}>Everything is sold</h1>
          <p className={styles["lead"]}>
            {scene.waited
              ? "The last tickets were paid for while you waited, and nothing is held any more. You need not wait any longer. We are sorry."
              : "The last tickets were paid for, and nothing is held any more."}
          </p>
          <WaitlistSlot event={event} />
        </>
      );
    case "last_calls":
      return (
        <>
          <h1 className={styles["big"]}>Nobody can join this line any more</h1>
          <p className={styles["lead"]}>Fans already in it are still let in. You came too late this time.</p>
          <div className={styles["actions"]}>
            <ButtonLink href={`/events/${event.slug}`}>Back to the event</ButtonLink>
          </div>
        </>
      );
    case "finished":
      return (
        <>
          <h1 className={styles["big"]}>The line is over</h1>
          <p className={styles["lead"]}>Whatever is left is sold without waiting.</p>
          <div className={styles["actions"]}>
            <ButtonLink kind="next" href={`/events/${event.slug}/seats`}>
              Choose seats
            </ButtonLink>
          </div>
        </>
      );
  }
}

const OVER_TITLES = {
  left: "You left the line",
  expired: "Your time ran out",
  removed: "Your place was taken back",
};
const OVER_WORDS = {
  left: "Your place went to the next fan when you closed the page.",
  expired: "Your time for choosing seats is over.",
  removed: "The organizer took this place out of the line.",
};

function RejoinButton({ session, state }: SceneProps) {
  return (
    <div className={styles["actions"]}>
      <Button kind="next" busy={state.busy === "rejoin"} onClick={() => void session.rejoin()}>
        Join again at the end
      </Button>
    </div>
  );
}

/** What somebody who got no ticket can do. */
function WaitlistSlot({ event }: { event: Pick<EventPage, "slug"> }) {
  return (
    <div className={styles["actions"]}>
      <ButtonLink kind="next" href={`/events/${event.slug}/waitlist`}>
        Join the waitlist
      </ButtonLink>
      <ButtonLink href={`/events/${event.slug}`}>Back to the event</ButtonLink>
    </div>
  );
}
