"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { useTRPCClient } from "../../trpc/provider.tsx";
import { browserShelf, onShelfChange } from "./browser-shelf.ts";
import { makeLineWorld } from "./line-calls.ts";
import { type KeptPlace, newNonce, readPass, readPlace } from "./line-memory.ts";
import { factsAt, type LineFacts } from "./line-progress.ts";
import { type LineSession, type LineState, makeLineSession } from "./line-session.ts";
import type { Standing } from "./standing.ts";
import { startTicker } from "./ticker.ts";

export type LineOwn = { readonly eventId: string; readonly lineId: string; readonly accountId: string };

/** This tab in the line. `first`: what the server knew when it made the page; undefined when it could not say. */
export function useLine(
  own: LineOwn,
  first: Standing | null | undefined,
): { session: LineSession; state: LineState; facts: LineFacts | null; browserMs: number } {
  const client = useTRPCClient();
  const { lineId, accountId } = own;
  const [session] = useState(() =>
    makeLineSession(makeLineWorld(client, own), { accountId, lineId, kept: null, pass: null }),
  );
  const [browserMs, setBrowserMs] = useState(0);
  const state = useSyncExternalStore(session.subscribe, session.state, session.state);

  useEffect(() => {
    const read = (standing?: Standing | null) => adoptKept(session, own, standing);
    read(first);
    const stopHearing = onShelfChange(() => read());
    const stopTicking = startTicker({
      onTick: () => {
        session.tick();
        setBrowserMs(Date.now());
      },
      onWake: session.wake,
    });
    return () => {
      stopHearing();
      stopTicking();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- one session for the life of the page
  }, [session]);

  return { session, state, facts: factsAt(state.feed, state.fan, browserMs), browserMs };
}

/** What this browser kept, corrected by what the server just said. */
function adoptKept(session: LineSession, own: LineOwn, known: Standing | null | undefined): void {
  const shelf = browserShelf();
  const kept = readPlace(shelf, own.lineId, own.accountId);
  const pass = readPass(shelf, own.eventId);
  const isOwnPass = pass?.accountId === own.accountId && pass.lineId === own.lineId;
  session.adopt(
    known === undefined ? kept : placeOf(kept, known, own),
    isOwnPass && !known?.ended ? pass : null,
  );
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
