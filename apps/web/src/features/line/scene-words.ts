import type { Forecast } from "@onsale/core/line/forecast";
import type { Scene } from "./line-progress.ts";
import { counted, countdownWords, figures, spanWords } from "./line-words.ts";

/** The tab's title: what a fan sees while they do something else. */
export function titleOf(scene: Scene | null, eventTitle: string): string {
  return `${scene ? tabWords(scene) : "The line"}: ${eventTitle}`;
}

function tabWords(scene: Scene): string {
  if (scene.kind === "turn") return "Your turn";
  if (scene.kind === "sold_out") return "Sold out";
  if (scene.kind === "lapsed" || scene.kind === "over") return "Your turn has passed";
  if (scene.kind !== "waiting") return "The line";
  return scene.ahead === 0 ? "You are next" : `${figures(scene.ahead)} ahead`;
}

/** What is read out. `key` changes with the kind of news, `text` with its figures. */
export function spokenOf(scene: Scene, forecast: Forecast | null): { key: string; text: string } {
  switch (scene.kind) {
    case "not_open":
      return { key: scene.kind, text: `The lobby opens ${countdownWords(scene.opensInMs)}.` };
    case "lobby":
      return {
        key: `${scene.kind}/${scene.joined}`,
        text: `${scene.joined ? "You are in the lobby." : "The lobby is open."} The draw is ${countdownWords(scene.drawsInMs)}.`,
      };
    case "drawing":
      return { key: scene.kind, text: "The draw is being made." };
    case "number_coming":
      return { key: scene.kind, text: "The draw is made. Your number comes in a moment." };
    case "can_join":
      return {
        key: scene.kind,
        text: `The line is open, with ${counted(scene.ahead, "fan")} in it. You can join at its end.`,
      };
    case "waiting": {
      const { standstill, place } = scene;
      const where = scene.ahead === 0 ? "You are next." : `${counted(scene.ahead, "number")} ahead of yours.`;
      const rest = standstill?.title ?? etaWords(forecast);
      const key = `waiting/${place === "far" ? "far" : "near"}/${standstill?.title ?? ""}`;
      return { key, text: `${where} ${rest}` };
    }
    case "turn":
      return { key: scene.kind, text: "It is your turn. Choose your seats now." };
    case "lapsed":
      return { key: scene.kind, text: "Your turn has passed while you were away." };
    case "over":
      return { key: scene.kind, text: "Your time for choosing seats is over." };
    case "bought":
      return { key: scene.kind, text: "You have your tickets." };
    case "sold_out":
      return { key: scene.kind, text: "Everything is sold. Nobody needs to wait any longer." };
    case "last_calls":
      return { key: scene.kind, text: "Nobody can join this line any more." };
    case "finished":
      return { key: scene.kind, text: "The line is over." };
  }
}

export function etaWords(forecast: Forecast | null): string {
  if (forecast?.ahead === 0) return "Your turn comes in a moment.";
  const eta = forecast?.etaMs;
  return eta
    ? `Your turn comes in ${spanWords(eta.least, eta.most)}.`
    : "Nobody can say yet how long it takes.";
}

const ODDS_WORDS = {
  good: "There should be seats when it is your turn.",
  fair: "There may be seats when it is your turn; not at every price.",
  slim: "Seats may well be gone by then. Some come back when holds run out.",
  none: "Everything is sold.",
};

/** Odds as a friend would put them; "" while the line does not decide them. */
export function oddsWords(forecast: Forecast | null): string {
  return forecast?.odds ? ODDS_WORDS[forecast.odds] : "";
}
