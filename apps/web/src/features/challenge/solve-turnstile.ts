import type { ChallengeOffer } from "@onsale/core/risk/challenge-provider";
import { CHALLENGE_PLACE_ID } from "./waiting.ts";

type Offer = Extract<ChallengeOffer, { kind: "turnstile" }>;
type Widget = {
  render(
    place: HTMLElement,
    options: {
      sitekey: string;
      action: string;
      cData: string;
      callback: (token: string) => void;
      "error-callback": () => void;
    },
  ): string;
  remove(id: string): void;
};
const SCRIPT_URL = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";
let loading: Promise<Widget> | null = null;

/** Only on installations that chose Turnstile; its script comes from Cloudflare and nowhere else. */
export async function solveTurnstile({ siteKey, action, cData }: Offer): Promise<string> {
  loading ??= load();
  loading.catch(() => (loading = null));
  const widget = await loading;
  const place = document.createElement("div");
  (document.getElementById(CHALLENGE_PLACE_ID) ?? document.body).append(place);
  let id: string | null = null;
  try {
    return await new Promise<string>((resolve, reject) => {
      const fail = () => reject(new Error("the check did not work"));
      id = widget.render(place, {
        sitekey: siteKey,
        action,
        cData,
        callback: resolve,
        "error-callback": fail,
      });
    });
  } finally {
    if (id !== null) widget.remove(id);
    place.remove();
  }
}

function load(): Promise<Widget> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = SCRIPT_URL;
    script.addEventListener("load", () => {
      const { turnstile } = globalThis as { turnstile?: Widget };
      if (turnstile) resolve(turnstile);
      else reject(new Error("the check did not load"));
    });
    script.addEventListener("error", () => reject(new Error("the check did not load")));
    document.head.append(script);
  });
}
