"use client";

import type { Standing } from "@onsale/core/line/standing";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTRPCClient } from "../../trpc/provider.tsx";
import { browserShelf, onShelfChange } from "../line-pass/browser-shelf.ts";
import { leaveOnClose } from "./leave-on-close.ts";
import { makeLineWorld } from "./line-calls.ts";
import { newNonce, passLeftMs, readPass, readPlace } from "../line-pass/line-memory.ts";
import type { KeptPlace } from "../line-pass/kept-shapes.ts";
import { factsAt, type LineFacts } from "./line-progress.ts";
import { type LineSession, type LineState, makeLineSession } from "./line-session.ts";
import { startTicker } from "./ticker.ts";

export type LineOwn = {
  readonly eventId: string;
  readonly slug: string;
  /** "" where no line stands before the sale: then nothing runs. */
  readonly lineId: string;
  /** "" while nobody is signed in. */
  readonly accountId: string;
  /** The seats or the checkout: the pass is in use, renewed, and given back when the last tab is closed. */
  readonly shopping: boolean;
  /** Seats are held: closing the tab gives nothing back, they may still be paid for. */
  readonly holding: boolean;
};

export type InLine = {
  readonly session: LineSession;
  readonly state: LineState;
  readonly facts: LineFacts | null;
  readonly browserMs: number;
};

/** This tab in the line. `first`: what the server knew when it made the page; undefined when it could not say. */
export function useLine(own: LineOwn, first: Standing | null | undefined): InLine {
  const client = useTRPCClient();
  const [session] = useState(() =>
    makeLineSession(makeLineWorld(client, own), { ...own, kept: null, pass: null }),
  );
  const [browserMs, setBrowserMs] = useState(0);
  const state = useSyncExternalStore(session.subscribe, session.state, session.state);
  const holding = useRef(own.holding);
  useEffect(() => {
    holding.current = own.holding;
  }, [own.holding]);

  useEffect(() => {
    if (own.lineId === "") return;
    return startTab(session, own, {
      first,
      isHolding: () => holding.current,
      onTick: () => setBrowserMs(Date.now()),
    });
    // oxlint-disable-next-line react/exhaustive-deps -- one session for the life of the page
  }, [session]);

  return { session, state, facts: factsAt(state.feed, state.fan, browserMs), browserMs };
}

function startTab(
  session: LineSession,
  own: LineOwn,
  tab: { first: Standing | null | undefined; isHolding: () => boolean; onTick: () => void },
): () => void {
  adoptKept(session, own, tab.first);
  const stopHearing = onShelfChange(() => adoptKept(session, own, undefined));
  const mayLeave = () => {
    const { pass } = session.state().fan;
    return pass !== null && passLeftMs(pass, Date.now()) > 0 && !tab.isHolding();
  };
  const stopWatching = own.shopping ? leaveOnClose({ ...own, mayLeave }) : undefined;
  const stopTicking = startTicker({
    onTick() {
      session.tick();
      tab.onTick();
    },
    onWake: session.wake,
  });
  return () => {
    stopHearing();
    stopWatching?.();
    stopTicking();
  };
}

/** What this browser kept, corrected by what the server just said. */
function adoptKept(session: LineSession, own: LineOwn, known: Standing | null | undefined): void {
  const shelf = browserShelf();
  const kept = readPlace(shelf, own.lineId, own.accountId);
  const pass = readPass(shelf, own.eventId);
  const isOwnPass = pass?.accountId === own.accountId && pass.lineId === own.lineId;
  const isGood = isOwnPass && !known?.ended && passLeftMs(pass, Date.now()) > 0;
  session.adopt(known === undefined ? kept : placeOf(kept, known, own), isGood ? pass : null);
}

function placeOf(
  kept: KeptPlace | null,
  standing: Standing | null,
  { accountId }: LineOwn,
): KeptPlace | null {
  if (kept) return { ...kept, standing };
  // Joined in another browser: the entry has its nonce already, and this one will never be used.
  const nonce = newNonce((bytes) => crypto.getRandomValues(bytes));
  return standing && { accountId, nonce, standing, checkedIn: null, chime: false };
}
