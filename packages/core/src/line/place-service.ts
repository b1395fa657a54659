import type { Account } from "../actor/account.ts";
import type { Clock } from "../shared/clock.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId } from "../shared/ids.ts";
import { entryIdOf, personOf } from "./entry-id.ts";
import type { PublicLines } from "./line-catalog.ts";
import {
  type LineId,
  type LineRecord,
  MORE_TIME_MAX,
  MORE_TIME_MS,
  type PassEnd,
  type Place,
  PRESENT_MS,
} from "./line.ts";
import { openLineTicket, sealLineTicket, sealPass } from "./line-pass.ts";
import { type CheckInResult, type LineRoom, roomKey } from "./line-room.ts";
import type { JoinResult, LineStore } from "./line-store.ts";
import { lineNotFound, lineResting } from "./refusals.ts";

export type PlaceServiceDeps = {
  readonly store: LineStore;
  readonly room: LineRoom;
  readonly catalog: PublicLines;
  readonly clock: Clock;
  /** Signs passes and line tickets. */
  readonly key: Uint8Array;
  /** Seats that a pass took may be paid for this long after its shopping time. */
  readonly payMs: (eventId: EventId) => Promise<number>;
  /** Throws when this fan may not join the line of this window: a presale needs its code. */
  readonly requireAccess: (account: Account, line: LineRecord) => Promise<void>;
};

/** lobby: takes part in the draw. waiting: has a number. inside: was let in, the pass may run. over: the pass is over. */
export type StandingPhase = "lobby" | "waiting" | "inside" | "over";

/** What a fan is told about their own place; everything else is in the public document. */
export type Standing = {
  readonly lineId: LineId;
  readonly eventId: EventId;
  readonly windowKey: string;
  readonly entry: string;
  readonly number: number | null;
  readonly ticket: string;
  readonly phase: StandingPhase;
  readonly ended: PassEnd | null;
  readonly extensionsLeft: number;
};

export type IssuedPass = {
  readonly pass: string;
  readonly expiresAtMs: number;
  readonly shopUntilMs: number;
  readonly extensionsLeft: number;
};

/** What fans do in a line. */
export function makePlaceService(deps: PlaceServiceDeps) {
  return {
    join: (account: Account, input: { lineId: LineId; nonce: string }) => join(deps, account, input),
    /** The place in one line of an event; without `lineId` in the one whose lobby opened last. null: none. */
    mine: (account: Account, where: { eventId: EventId; lineId?: LineId }) => mine(deps, account, where),
    checkIn: (account: Account, ticket: string) => checkIn(deps, account, ticket),
    enter: (account: Account, lineId: LineId) => issuePass(deps, account, lineId),
    moreTime: (account: Account, lineId: LineId) => moreTime(deps, account, lineId),
    rejoin: (account: Account, lineId: LineId) => rejoin(deps, account, lineId),
    leave: (account: Account, lineId: LineId) => endPass(deps, { account, lineId, reason: "left" }),
    /**
     * Tickets are paid: the pass that they were bought with goes to the next fan. Safe to call again, however late: one
     * that the fan got after the order stays. For events without a line nothing is asked.
     */
    bought: (purchase: Purchase) => giveBack(deps, purchase),
  };
}
export type PlaceService = ReturnType<typeof makePlaceService>;

async function requireLine({ catalog }: PlaceServiceDeps, lineId: LineId): Promise<LineRecord> {
  const line = await catalog.find(lineId);
  if (!line) throw lineNotFound();
  return line;
}

async function join(
  deps: PlaceServiceDeps,
  account: Account,
  { lineId, nonce }: { lineId: LineId; nonce: string },
): Promise<Standing> {
  const line = await requireLine(deps, lineId);
  // Whoever may not show that an address is theirs must not take its one place.
  if ((line.requireVerifiedEmail || line.onePer === "address") && !account.emailVerified)
    throw new AppError("account.unverified");
  await deps.requireAccess(account, line);
  const { id: accountId, email } = account;
  const result = await deps.store.join({
    lineId,
    accountId,
    entry: entryIdOf({ lineId, accountId, nonce }),
    person: personOf({ accountId, email, onePer: line.onePer }),
  });
  return standingOf(deps, { line, account, place: placeOf(result) });
}

function placeOf(result: JoinResult): Place {
  switch (result.kind) {
    case "joined":
    case "known":
      return result.place;
    case "person_taken":
      throw new AppError("line.person_taken");
    case "not_open":
      throw new AppError("line.not_open", { state: result.state });
    case "not_found":
      throw lineNotFound();
  }
}

async function mine(
  deps: PlaceServiceDeps,
  account: Account,
  { eventId, lineId }: { eventId: EventId; lineId?: LineId },
): Promise<Standing | null> {
  const lines = (await deps.catalog.linesOf(eventId)).filter(
    (line) => line.finishedAtMs === null && (lineId === undefined || line.id === lineId),
  );
  for (const line of lines.sort((a, b) => b.lobbyOpensAtMs - a.lobbyOpensAtMs)) {
    const place = await deps.store.place({ lineId: line.id, accountId: account.id });
    if (place) return standingOf(deps, { line, account, place });
  }
  return null;
}

function standingOf(
  { key }: Pick<PlaceServiceDeps, "key">,
  { line, account, place }: { line: LineRecord; account: Account; place: Place },
): Standing {
  const { entry, number, ended, extensions } = place;
  return {
    lineId: line.id,
    eventId: line.eventId,
    windowKey: line.windowKey,
    entry,
    number,
    ticket: sealLineTicket(key, { lineId: line.id, accountId: account.id, entry, number }),
    phase: phaseOf(place),
    ended,
    extensionsLeft: MORE_TIME_MAX - extensions,
  };
}

function phaseOf({ number, admittedAtMs, ended }: Place): StandingPhase {
  if (ended) return "over";
  if (admittedAtMs !== null) return "inside";
  return number === null ? "lobby" : "waiting";
}

/** The ticket says who and which number, so that no store but the room is asked. */
async function checkIn(
  deps: PlaceServiceDeps,
  account: Account,
  ticket: string,
): Promise<Exclude<CheckInResult, { kind: "room_lost" }>> {
  const claims = openLineTicket(deps.key, ticket);
  if (claims?.accountId !== account.id) throw new AppError("line.not_found", { why: "not_in_it" });
  const line = await requireLine(deps, claims.lineId);
  if (claims.number === null) throw new AppError("line.not_your_turn", { why: "no_number" });
  const { accountId, number } = claims;
  const result = await deps.room.checkIn({ ...roomKey(line), accountId, number, presentMs: PRESENT_MS });
  if (result.kind === "room_lost") throw lineResting();
  return result;
}

/**
 * The pass of a fan who was let in, and its renewal. That they were let in is a fact in Postgres; that the pass still
 * runs is the room's to say.
 */
async function issuePass(deps: PlaceServiceDeps, account: Account, lineId: LineId): Promise<IssuedPass> {
  const line = await requireLine(deps, lineId);
  const place = await deps.store.place({ lineId, accountId: account.id });
  if (!place) throw new AppError("line.not_found", { why: "not_in_it" });
  if (place.admittedAtMs === null) throw new AppError("line.not_your_turn");
  if (place.ended) throw passOver();
  return passFor(deps, { account, line, place, admittedAtMs: place.admittedAtMs });
}

async function passFor(
  deps: PlaceServiceDeps,
  {
    account,
    line,
    place,
    admittedAtMs,
  }: { account: Account; line: LineRecord; place: Place; admittedAtMs: number },
): Promise<IssuedPass> {
  const { key, room, clock, payMs } = deps;
  const shopUntilMs = shopUntilOf(line, { admittedAtMs, extensions: place.extensions });
  const renewed = await room.renew({
    ...roomKey(line),
    accountId: account.id,
    ttlMs: line.passTtlMs,
    maxUntilMs: shopUntilMs,
  });
  if (renewed.kind === "room_lost") throw lineResting();
  if (renewed.kind === "over") throw passOver();
  const pass = sealPass(key, {
    lineId: line.id,
    eventId: line.eventId,
    accountId: account.id,
    issuedAtMs: clock.nowMs(),
    expiresAtMs: renewed.untilMs,
    shopUntilMs,
    payUntilMs: shopUntilMs + (await payMs(line.eventId)),
  });
  const extensionsLeft = MORE_TIME_MAX - place.extensions;
  return { pass, expiresAtMs: renewed.untilMs, shopUntilMs, extensionsLeft };
}

const passOver = () => new AppError("line.pass_required", { why: "ended" });

async function moreTime(deps: PlaceServiceDeps, account: Account, lineId: LineId): Promise<IssuedPass> {
  // Renewed as it is first: a room that is lost, or a pass that is over, uses up no extension.
  await issuePass(deps, account, lineId);
  const line = await requireLine(deps, lineId);
  const place = await deps.store.grantMoreTime({ lineId, accountId: account.id });
  if (!place?.admittedAtMs) throw new AppError("line.no_more_time", { max: MORE_TIME_MAX });
  return passFor(deps, { account, line, place, admittedAtMs: place.admittedAtMs });
}

/** For those whose pass is over or whose number was passed too long ago: a new number, behind everybody. */
async function rejoin(deps: PlaceServiceDeps, account: Account, lineId: LineId): Promise<Standing> {
  const line = await requireLine(deps, lineId);
  if (line.state !== "open" && line.state !== "paused")
    throw new AppError("line.not_open", { state: line.state });
  const place = await deps.store.place({ lineId, accountId: account.id });
  if (!place) throw new AppError("line.not_found", { why: "not_in_it" });
  const isOver = place.admittedAtMs === null ? hasLapsed : endForgotten;
  if (!place.ended && !(await isOver(deps, { line, account, place })))
    return standingOf(deps, { line, account, place });
  const again = await deps.store.rejoin({ lineId, accountId: account.id, seen: place.number });
  if (!again) throw new AppError("line.not_found", { why: "not_in_it" });
  return standingOf(deps, { line, account, place: again });
}

export type Purchase = {
  readonly accountId: Account["id"];
  readonly eventId: EventId;
  /** When the order was made, by the database's clock; null: there is no such order. */
  readonly orderedAtMs: () => Promise<number | null>;
};

/** By how much the clocks of the room and of the database may differ. */
const CLOCK_DOUBT_MS = 2_000;

async function giveBack(
  { catalog, store, room }: PlaceServiceDeps,
  { accountId, eventId, orderedAtMs }: Purchase,
): Promise<void> {
  const lines = (await catalog.linesOf(eventId)).filter(({ finishedAtMs }) => finishedAtMs === null);
  const atMs = lines.length === 0 ? null : await orderedAtMs();
  if (atMs === null) return;
  for (const line of lines) {
    const place = await store.place({ lineId: line.id, accountId });
    if (place?.admittedAtMs === undefined || place.admittedAtMs === null) continue;
    if (place.admittedAtMs <= atMs + CLOCK_DOUBT_MS)
      await room.leave({ ...roomKey(line), accountId, reason: "bought" });
  }
}

type OwnPlace = { readonly line: LineRecord; readonly account: Account; readonly place: Place };

/** Nobody gives up a good number by a click: only one that the room refuses is taken back. */
async function hasLapsed(
  deps: Pick<PlaceServiceDeps, "room">,
  { line, account, place }: OwnPlace,
): Promise<boolean> {
  if (place.number === null) return false;
  const kind = await standingInRoom(deps, { line, account, number: place.number });
  return kind === "lapsed" || kind === "over";
}

async function standingInRoom(
  { room }: Pick<PlaceServiceDeps, "room">,
  { line, account, number }: { line: LineRecord; account: Account; number: number },
): Promise<CheckInResult["kind"]> {
  const { id: accountId } = account;
  const { kind } = await room.checkIn({ ...roomKey(line), accountId, number, presentMs: PRESENT_MS });
  if (kind === "room_lost") throw lineResting();
  return kind;
}

/**
 * A pass whose end never reached Postgres, by a clock that was set back or a Redis that lost its last second: the room
 * says that it is over and its longest time is, yet the fan counts as inside. It ends here, or nobody would ever end it.
 */
async function endForgotten(
  deps: PlaceServiceDeps,
  { line, account, place: { number, admittedAtMs, extensions } }: OwnPlace,
): Promise<boolean> {
  const nowMs = deps.clock.nowMs();
  if (number === null || admittedAtMs === null || nowMs < shopUntilOf(line, { admittedAtMs, extensions }))
    return false;
  if ((await standingInRoom(deps, { line, account, number })) !== "over") return false;
  await deps.store.endPasses(line.id, [{ accountId: account.id, reason: "expired", atMs: nowMs }]);
  return true;
}

const shopUntilOf = (
  line: Pick<LineRecord, "passMaxMs">,
  { admittedAtMs, extensions }: { admittedAtMs: number; extensions: number },
) => admittedAtMs + line.passMaxMs + extensions * MORE_TIME_MS;

async function endPass(
  deps: PlaceServiceDeps,
  { account, lineId, reason }: { account: Account; lineId: LineId; reason: PassEnd },
): Promise<void> {
  const line = await requireLine(deps, lineId);
  await deps.room.leave({ ...roomKey(line), accountId: account.id, reason });
}
