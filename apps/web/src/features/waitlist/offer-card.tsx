"use client";

import type { WaitView } from "@onsale/contract/waitlist";
import { formatMoney } from "@onsale/core/shared/money";
import type { Currency } from "@onsale/core/shared/money-schema";
import { useEffect, useRef } from "react";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { useLocale } from "../locale/locale-context.tsx";
import { spokenTimeLeft, timeLeftWords } from "../time-left/countdown.ts";
import { useTimeLeft } from "../time-left/use-time-left.ts";
import { offerWords } from "./waitlist-words.ts";
import styles from "./waitlist.module.css";

/** Seats that are kept for this fan, the time that is left, and one way on. */
export function OfferCard({
  offer,
  slug,
  currency,
  busy,
  onDecline,
  onOver,
}: {
  offer: NonNullable<WaitView["offer"]>;
  slug: string;
  currency: Currency;
  busy: boolean;
  onDecline: () => void;
  onOver: () => void;
}) {
  const locale = useLocale();
  const { one, title } = offerWords(offer);
  const left = useTimeLeft(offer);
  const isOver = left <= 0;
  const tell = useRef(onOver);
  useEffect(() => {
    tell.current = onOver;
  });
  useEffect(() => {
    if (isOver) tell.current();
  }, [isOver]);
  return (
    <section className={styles["offer"]} aria-labelledby="offer-title">
      <h2 id="offer-title">{title}</h2>
      <ul className={styles["places"]}>
        {offer.places.map((place) => (
          <li key={place}>{place}</li>
        ))}
      </ul>
      <p className={styles["clock"]} aria-hidden="true">
        {timeLeftWords(left)}
      </p>
      <p className="visually-hidden" role="timer" aria-live="polite">
        {spokenTimeLeft(left)}
      </p>
      <p>
        {one
          ? "It is kept for you until then. After that it goes to the next fan, and nothing is charged."
          : "They are kept for you until then. After that they go to the next fan, and nothing is charged."}
      </p>
      {!isOver && (
        <div className={styles["actions"]}>
          <ButtonLink kind="next" href={`/checkout/${slug}`}>
            {offer.totalMinor === null
              ? "Go on to pay"
              : `Go on to pay ${formatMoney(offer.totalMinor, currency, locale)}`}
          </ButtonLink>
          <Button kind="quiet" busy={busy} onClick={onDecline}>
            {one ? "Let it go" : "Let them go"}
          </Button>
        </div>
      )}
    </section>
  );
}
