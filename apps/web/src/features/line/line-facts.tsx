import type { PublicLine } from "@onsale/contract/line";
import type { EventPage } from "@onsale/contract/event";
import type { Locale } from "@onsale/core/shared/locale";
import { ButtonAnchor } from "../../ui/button-anchor.tsx";
import { moment } from "@onsale/core/shared/format";

/** What the event's page says about its line, from the server's facts of the moment. */
export function LineBox({
  event,
  line,
  locale,
  styles,
}: {
  locale: Locale;
  event: Pick<EventPage, "slug" | "timeZone" | "map">;
  line: PublicLine;
  /** The classes of the page where this stands, for its action and its small print. */
  styles: { readonly [name in "action" | "small"]?: string };
}) {
  const words = boxWords(line, (atMs) => moment(atMs, event.timeZone, locale));
  return (
    <>
      <div className={styles.action}>
        <ButtonAnchor kind={line.state === "closed" ? "plain" : "next"} href={`/events/${event.slug}/line`}>
          {words.button}
        </ButtonAnchor>
      </div>
      <p className={styles.small}>{words.text}</p>
      {event.map && (
        <p className={styles.small}>
          <a href={`/events/${event.slug}/seats`}>Look at the seat map already</a>
        </p>
      )}
    </>
  );
}

function boxWords(line: PublicLine, at: (ms: number) => string): { button: string; text: string } {
  const draw = at(line.drawsAtMs);
  switch (line.state) {
    case "closed":
      return {
        button: "See when the lobby opens",
        text: `The lobby opens ${at(line.lobbyOpensAtMs)}, the draw is ${draw}. It does not help to come first: everybody who is in the lobby by then takes part in the same draw.`,
      };
    case "lobby":
      return {
        button: "Take part in the draw",
        text: `The lobby is open. The draw is ${draw}; everybody who is in by then has the same chance. One place per account.`,
      };
    case "drawing":
      return { button: "Go to the line", text: "The draw is being made right now." };
    case "open":
      return {
        button: "Go to the line",
        text: "Fans are let in in the order of the draw. You can still join at the end.",
      };
    case "paused":
      return {
        button: "Go to the line",
        text: "The line is paused for the moment. Everybody keeps their number.",
      };
    case "draining":
      return {
        button: "Go to the line",
        text: "Nobody can join the line any more; those in it are still let in.",
      };
  }
}
