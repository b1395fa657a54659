import type { LinePass } from "@onsale/contract/line";
import type { Standing } from "@onsale/core/line/standing";
import type { LineNow } from "@onsale/core/line/now-serving";
import { isWorthRetrying, readFailure } from "../errors/app-failure.ts";
import { asked, emptyFeed, failed, type Feed, isDue, lineGone, received, woken } from "./line-feed.ts";
import { keptPassOf } from "../line-pass/line-memory.ts";
import type { KeptPass, KeptPlace } from "../line-pass/kept-shapes.ts";
import {
  adoptedPlace,
  checkedIn,
  type Fan,
  gotPass,
  newFan,
  nextStep,
  sawNow,
  type Step,
  stepFailed,
  tookPlace,
} from "./line-steps.ts";
import type { CheckIn } from "../line-pass/standing.ts";

export type LineWorld = {
  /** This browser's clock. */
  readonly nowMs: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly pollMs: (asked: { now: LineNow; number: number | null; random: number }) => number;
  readonly fetchNow: () => Promise<LineNow | "gone">;
  readonly join: (nonce: string) => Promise<Standing>;
  readonly rejoin: () => Promise<Standing>;
  /** null: no place in this line. */
  readonly mine: () => Promise<Standing | null>;
  /** over: the pass has ended already; `mine` says how. */
  readonly checkIn: (ticket: string) => Promise<CheckIn | "over">;
  readonly enter: () => Promise<LinePass>;
  readonly renew: () => Promise<LinePass>;
  readonly moreTime: () => Promise<LinePass>;
  readonly newNonce: () => string;
  /** What all tabs of this browser share. */
  readonly keepPlace: (place: Omit<KeptPlace, "accountId">) => void;
  readonly keepPass: (pass: KeptPass) => void;
};

export type Wish = "join" | "rejoin" | "more_time";
export type LineState = {
  readonly feed: Feed;
  readonly fan: Fan;
  /** What the fan asked for and is on its way. */
  readonly busy: Wish | null;
  readonly failure: unknown;
  /** The session of the account is over; the place is kept. */
  readonly signedOut: boolean;
  /** Kept per browser: a sound when it is one's turn. */
  readonly chime: boolean;
  /** How many fans are known to be in the lobby. The public count comes seconds later and must not take one back. */
  readonly lobby: number;
};

type Own = {
  readonly accountId: string;
  readonly lineId: string;
  /** The seats or the checkout are open in this tab: the pass is in use and renewed. */
  readonly shopping: boolean;
};
type Core = {
  readonly world: LineWorld;
  readonly own: Own;
  readonly state: () => LineState;
  readonly set: (change: Partial<LineState>) => void;
  /** Keeps the place for the other tabs and the next visit. */
  readonly keep: () => void;
};

/** Nobody who is inside needs the figures of a second ago. */
const POLL_INSIDE_MS = 10_000;

const chance = ({ nowMs, random }: LineWorld) => ({ atMs: nowMs(), random: random() });

/** One browser tab in one line: asks the document when it is due, takes the fan's next step, keeps what was learnt. */
export function makeLineSession(
  world: LineWorld,
  { kept, pass, ...own }: Own & { kept: KeptPlace | null; pass: KeptPass | null },
) {
  const start = world.nowMs();
  let nonce = kept?.nonce ?? null;
  let state: LineState = {
    feed: emptyFeed(start),
    fan: newFan(kept?.standing ?? null, pass, start),
    busy: null,
    failure: null,
    signedOut: false,
    chime: kept?.chime ?? false,
    lobby: kept?.lobby ?? 0,
  };
  const running = { poll: false, step: false };
  const listeners = new Set<() => void>();
  const set = (change: Partial<LineState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const nonceOf = () => (nonce ??= world.newNonce());
  const keep = () => {
    const { standing, checkIn } = state.fan;
    const checkedIn = checkIn === null ? null : { atMs: world.nowMs(), kind: checkIn };
    const { chime, lobby } = state;
    world.keepPlace({ nonce: nonceOf(), standing, checkedIn, chime, lobby });
  };
  const core: Core = { world, own, state: () => state, set, keep };
  const once = (what: keyof typeof running, work: () => Promise<void>) => {
    if (running[what]) return;
    running[what] = true;
    // What was learnt may make the next step due: being let in and having the pass are one moment to a fan.
    void work().finally(() => {
      running[what] = false;
      tick();
    });
  };
  const tick = () => {
    const atMs = world.nowMs();
    if (isDue(state.feed, atMs)) once("poll", () => poll(core));
    const { shopping } = own;
    const step = atMs >= state.fan.dueAtMs ? nextStep(state.fan, state.feed.now, { atMs, shopping }) : null;
    if (step) once("step", () => take(core, step));
  };

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Once a second; does what is due and nothing else. */
    tick,
    /** The machine slept, the network is back, or the fan looks at this tab again. */
    wake: (slept: boolean) => set(awake(state, { atMs: world.nowMs(), slept })),
    /** Another tab learnt something. */
    adopt(place: KeptPlace | null, itsPass: KeptPass | null): void {
      if (place) nonce = place.nonce;
      const checkInMs = state.feed.now?.checkInMs ?? 0;
      const fan = adoptedPlace(state.fan, place, { pass: itsPass, checkInMs, atMs: world.nowMs() });
      const lobby = Math.max(state.lobby, place?.lobby ?? 0);
      set({ fan, chime: place?.chime ?? state.chime, lobby });
    },
    join: () => wish(core, "join", () => joinLobby(core, nonceOf())),
    rejoin: () => wish(core, "rejoin", async () => takePlace(core, await world.rejoin())),
    moreTime: () => wish(core, "more_time", async () => takePass(core, await world.moreTime())),
    /** A sale procedure did not take the pass: what this browser believes is wrong. */
    passRefused: () => set({ fan: { ...state.fan, pass: null, dueAtMs: world.nowMs() } }),
    setChime(chime: boolean): void {
      set({ chime });
      keep();
    },
  };
}
export type LineSession = ReturnType<typeof makeLineSession>;

function awake({ feed, fan }: LineState, now: { atMs: number; slept: boolean }): Partial<LineState> {
  const isLate = fan.failures > 0 || now.slept;
  return {
    feed: woken(feed, now),
    fan: isLate ? { ...fan, dueAtMs: Math.min(fan.dueAtMs, now.atMs) } : fan,
  };
}

async function poll({ world, state, set, keep }: Core): Promise<void> {
  set({ feed: asked(state().feed, world.nowMs()) });
  try {
    const now = await world.fetchNow();
    if (now === "gone") return set({ feed: lineGone(state().feed) });
    const { standing, checkIn } = state().fan;
    const isInside = standing?.phase === "inside" || checkIn === "inside";
    const wanted = world.pollMs({ now, number: standing?.number ?? null, random: world.random() });
    const pollMs = isInside ? Math.max(POLL_INSIDE_MS, wanted) : wanted;
    const feed = received(state().feed, now, { atMs: world.nowMs(), pollMs });
    const lobby = Math.max(state().lobby, now.state === "lobby" ? now.entries : 0);
    const isNews = lobby > state().lobby && state().fan.standing !== null;
    set({ feed, lobby, fan: sawNow(state().fan, feed.now ?? now, chance(world)) });
    if (isNews) keep();
  } catch {
    set({ feed: failed(state().feed, chance(world)) });
  }
}

async function take(core: Core, step: Step): Promise<void> {
  const { world, state, set } = core;
  try {
    await run(core, step);
    if (state().signedOut) set({ signedOut: false });
  } catch (error) {
    const { code } = readFailure(error);
    set({ fan: stepFailed(state().fan, chance(world)), signedOut: code === "account.sign_in_required" });
    // The place is not what this browser believes: ask what it is.
    if (code === "line.not_found" || code === "line.pass_required") await learn(core);
  }
}

async function run(core: Core, step: Step): Promise<void> {
  const { world, state, set, keep } = core;
  const { fan, feed } = state();
  const { standing } = fan;
  if (step === "enter") takePass(core, await world.enter());
  else if (step === "renew") takePass(core, await world.renew());
  else if (step === "mine" || !standing || !feed.now) takePlace(core, await world.mine());
  else {
    const { checkInMs, room } = feed.now;
    const kind = await world.checkIn(standing.ticket);
    if (kind === "over") return takePlace(core, await world.mine());
    set({ fan: checkedIn(state().fan, kind, { atMs: world.nowMs(), checkInMs, room }) });
    keep();
  }
}

async function joinLobby(core: Core, nonce: string): Promise<void> {
  const { world, state, set, keep } = core;
  keep();
  // A count from before the join cannot hold this fan.
  const lobby = state().lobby + (state().fan.standing === null ? 1 : 0);
  const standing = await world.join(nonce);
  set({ lobby: Math.max(state().lobby, lobby) });
  takePlace(core, standing);
}

async function learn(core: Core): Promise<void> {
  try {
    takePlace(core, await core.world.mine());
  } catch {
    core.set({ fan: stepFailed(core.state().fan, chance(core.world)) });
  }
}

function takePlace({ world, state, set, keep }: Core, standing: Standing | null): void {
  // A pass that is over stays on the shelf: seats that it took may be paid for a while longer.
  const fan = tookPlace(state().fan, standing, world.nowMs());
  set({ fan, failure: null, feed: woken(state().feed, { atMs: world.nowMs(), slept: false }) });
  keep();
}

function takePass({ world, own, state, set, keep }: Core, issued: LinePass): void {
  const atMs = world.nowMs();
  const { accountId, lineId } = own;
  const pass = keptPassOf(issued, { accountId, lineId, keptAtMs: atMs });
  set({ fan: gotPass(state().fan, pass, atMs), failure: null });
  world.keepPass(pass);
  keep();
}

async function wish(core: Core, busy: Wish, work: () => Promise<void>): Promise<void> {
  const { state, set } = core;
  if (state().busy) return;
  set({ busy, failure: null });
  try {
    await work();
  } catch (failure) {
    const isSignedOut = readFailure(failure).code === "account.sign_in_required";
    set({ failure, signedOut: state().signedOut || isSignedOut });
    if (busy === "more_time" && !isWorthRetrying(failure)) await learn(core);
  } finally {
    set({ busy: null });
  }
}
