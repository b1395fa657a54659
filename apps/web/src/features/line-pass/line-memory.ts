import type { LinePass } from "@onsale/contract/line";
import { isKeptPass, isKeptPlace, type KeptPass, type KeptPlace } from "./kept-shapes.ts";

/** As much of `Storage` as is used. It may throw on any call: private windows, full discs, policies. */
export type Shelf = Pick<Storage, "getItem" | "setItem">;

const placeKey = (lineId: string) => `onsale:line:${lineId}`;
const passKey = (eventId: string) => `onsale:pass:${eventId}`;
export const isLineKey = (key: string | null) => key === null || /^onsale:(?:line|pass):/.test(key);

export function readPlace(shelf: Shelf, lineId: string, accountId: string): KeptPlace | null {
  const place = read(shelf, placeKey(lineId), isKeptPlace);
  // Another account used this browser: its place is not this fan's.
  return place?.accountId === accountId ? place : null;
}

export function keepPlace(shelf: Shelf, lineId: string, place: KeptPlace): void {
  write(shelf, placeKey(lineId), place);
}

export function readPass(shelf: Shelf, eventId: string): KeptPass | null {
  return read(shelf, passKey(eventId), isKeptPass);
}

export function keepPass(shelf: Shelf, eventId: string, pass: KeptPass): void {
  write(shelf, passKey(eventId), pass);
}

export function keptPassOf(
  issued: LinePass,
  own: { accountId: string; lineId: string; keptAtMs: number },
): KeptPass {
  const { pass, expiresAtMs, shopUntilMs, extensionsLeft, nowMs } = issued;
  return { ...own, pass, expiresAtMs, shopUntilMs, extensionsLeft, issuedAtMs: nowMs };
}

/** Milliseconds that a pass still opens the sale, by this browser's clock corrected to the server's. */
export function passLeftMs(pass: KeptPass, browserMs: number): number {
  return pass.expiresAtMs - serverMs(pass, browserMs);
}
export function shopLeftMs(pass: KeptPass, browserMs: number): number {
  return pass.shopUntilMs - serverMs(pass, browserMs);
}
const serverMs = (pass: KeptPass, browserMs: number) => pass.issuedAtMs + (browserMs - pass.keptAtMs);

/** 128 random bits, hex: makes the fan's entry of the draw one that nobody else could choose. */
export function newNonce(fill: (bytes: Uint8Array<ArrayBuffer>) => unknown): string {
  const bytes = new Uint8Array(16);
  fill(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keeps things in this tab alone, where the browser keeps nothing. */
export function makeTabShelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

function read<T>(shelf: Shelf, key: string, isShape: (value: unknown) => value is T): T | null {
  const text = attempt(() => shelf.getItem(key)) ?? null;
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isShape(value) ? value : null;
  } catch {
    return null;
  }
}

function write(shelf: Shelf, key: string, value: unknown): void {
  attempt(() => shelf.setItem(key, JSON.stringify(value)));
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
