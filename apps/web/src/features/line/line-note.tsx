"use client";

import type { EventPage } from "@onsale/contract/event";
import type { Locale } from "@onsale/core/shared/locale";
import Link from "next/link";
import { useEffect } from "react";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { playChime } from "./chime.ts";
import { shopLeftMs } from "../line-pass/line-memory.ts";
import type { Scene } from "./line-progress.ts";
import { moment } from "@onsale/core/shared/format";
import { useLocale } from "../locale/locale-context.tsx";
import { figures } from "./line-words.ts";
import { shopTimeWords } from "./shop-time-words.ts";
import type { SaleAccess } from "./use-sale-access.ts";
import styles from "./line-note.module.css";

/** Under this much shopping time more of it is offered; before, the offer would only press. */
const OFFER_BELOW_MS = 2 * 60_000;

type NoteProps = {
  readonly event: Pick<EventPage, "slug" | "timeZone">;
  readonly access: SaleAccess;
  /** At the checkout the seats have a time of their own; this one is told only when it matters. */
  readonly paying?: boolean;
};

/** The line on the pages of seats and checkout: how long one may choose, or why not yet and where to go. */
export function LineNote({ event, access, paying = false }: NoteProps) {
  const { kind, scene, line, inLine } = access;
  const locale = useLocale();
  const isTurn = kind === "in";
  const { chime } = inLine.state;
  useEffect(() => {
    if (isTurn && chime && !paying) playChime();
  }, [isTurn, chime, paying]);
  if (kind === "open" || !line) return null;
  if (kind === "in") return <ShopTime access={access} paying={paying} />;
  if (paying) return kind === "look" ? <PayOnly /> : null;
  const words = kind === "look" && scene ? lookWords(scene, { event, access, locale }) : CHECKING;
  return (
    <div className={styles["note"]} data-kind={kind}>
      <p className={styles["title"]}>{words.title}</p>
      <p>{words.text}</p>
      {words.link !== null && <Link href={`/events/${event.slug}/line`}>{words.link}</Link>}
    </div>
  );
}

function ShopTime({ access, paying }: { access: SaleAccess; paying: boolean }) {
  const { session, state, browserMs } = access.inLine;
  const { pass } = state.fan;
  if (!pass) return null;
  const left = shopLeftMs(pass, browserMs);
  if (paying && left > OFFER_BELOW_MS) return null;
  return (
    <div className={styles["time"]}>
      <p role="timer" aria-live="polite">
        {shopTimeWords(left, paying)}
      </p>
      {left < OFFER_BELOW_MS && pass.extensionsLeft > 0 && (
        <Button busy={state.busy === "more_time"} onClick={() => void session.moreTime()}>
          I need more time
        </Button>
      )}
      {state.failure !== null && <FailureNotice error={state.failure} />}
    </div>
  );
}

function PayOnly() {
  return (
    <p className={styles["small"]}>
      Your time for choosing seats is over. The seats you hold can be paid for until their own time ends.
    </p>
  );
}

type Words = { readonly title: string; readonly text: string; readonly link: string | null };
const CHECKING: Words = {
  title: "A line stands before this sale.",
  text: "Looking whether it is your turn.",
  link: null,
};

function lookWords(
  scene: Scene,
  { event, access, locale }: Pick<NoteProps, "event" | "access"> & { locale: Locale },
): Words {
  const { facts } = access.inLine;
  const draw = facts ? moment(facts.now.drawsAtMs, event.timeZone, locale) : "";
  switch (scene.kind) {
    case "not_open":
    case "lobby":
      return {
        title: "Look around already.",
        text: `Seats can be taken after the draw, ${draw}. ${scene.kind === "lobby" && scene.joined ? "You are in it." : ""}`,
        link: scene.kind === "lobby" && !scene.joined ? "Take part in the draw" : "Go to the lobby",
      };
    case "drawing":
    case "number_coming":
      return { title: "The draw is being made.", text: "Your number comes next.", link: "Go to the line" };
    case "waiting":
      return {
        title:
          scene.ahead === 0
            ? "You are next in the line."
            : `${figures(scene.ahead)} ahead of you in the line.`,
        text: "Look around meanwhile: this page opens the seats to you as soon as it is your turn.",
        link: "Go to the line",
      };
    case "can_join":
      return {
        title: "There is a line for these seats.",
        text: "You may look, and take seats when it is your turn.",
        link: "Join the line",
      };
    case "lapsed":
    case "over":
      return {
        title: "Your time for choosing seats is over.",
        text: "Nothing was charged. Seats that you hold can still be paid for.",
        link: "Go to the line",
      };
    case "bought":
      return {
        title: "You have your tickets.",
        text: "Your place went to the next fan.",
        link: "Go to the line",
      };
    case "sold_out":
      return {
        title: "Everything is sold.",
        text: "Nothing is held any more either.",
        link: "Go to the line",
      };
    case "turn":
    case "last_calls":
    case "finished":
      return {
        title: "Nobody can join this line any more.",
        text: "Fans already in it are still let in.",
        link: "Go to the line",
      };
  }
}
