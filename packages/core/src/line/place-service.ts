import type { Fan } from "../actor/actor.ts";
import type { Clock } from "../shared/clock.ts";
import { AppError } from "../shared/errors.ts";
import type { AccountId, EventId } from "../shared/ids.ts";
import type { SigningKeys } from "../shared/signing-keys.ts";
import { entryIdOf, personOf } from "./entry-id.ts";
import type { PublicLines } from "./line-catalog.ts";
import { type LineId, type LineRecord, MORE_TIME_MAX, MORE_TIME_MS, type Place, PRESENT_MS } from "./line.ts";
import { openLineTicket, sealLineTicket, sealPass } from "./line-pass.ts";
import { type CheckInResult, type LineRoom, roomKey } from "./line-room.ts";
import type { JoinResult, LineStore } from "./line-store.ts";
import { lineNotFound, lineResting } from "./refusals.ts";
import type { IssuedPass, Standing } from "./standing.ts";

export type PlaceServiceDeps = {
  readonly store: LineStore;
  readonly room: LineRoom;
  readonly catalog: PublicLines;
  readonly clock: Clock;
  /** Signs passes and line tickets. */
  readonly keys: SigningKeys;
  /** Seats that a pass took may be paid for this long after its shopping time. */
  readonly payMs: (eventId: EventId) => Promise<number>;
  /** Throws when this fan may not join the line of this window: a presale needs its code. */
  readonly requireAccess: (actor: Fan, line: LineRecord) => Promise<void>;
};

/** What fans do in a line. */
export function makePlaceService(deps: PlaceServiceDeps) {
  return {
    join: (actor: Fan, input: { lineId: LineId; nonce: string }) => join(deps, actor, input),
    /** The place in one line of an event; without `lineId` in the one whose lobby opened last. null: none. */
    mine: (actor: Fan, where: { eventId: EventId; lineId?: LineId }) => mine(deps, actor, where),
    checkIn: (actor: Fan, ticket: string) => checkIn(deps, actor, ticket),
    enter: (actor: Fan, lineId: LineId) => issuePass(deps, actor, lineId),
    moreTime: (actor: Fan, lineId: LineId) => moreTime(deps, actor, lineId),
    rejoin: (actor: Fan, lineId: LineId) => rejoin(deps, actor, lineId),
    leave: (actor: Fan, lineId: LineId) => leave(deps, actor, lineId),
    /**
     * Tickets are paid, so the pass that they were bought with goes to the next fan. Safe to call again, however late:
     * a pass that the fan got after the order stays. For an event without a line nothing is looked up.
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
  actor: Fan,
  { lineId, nonce }: { lineId: LineId; nonce: string },
): Promise<Standing> {
  const line = await requireLine(deps, lineId);
  const { id: accountId, email, emailVerified } = actor.account;
  // An address has one place, which nobody may take who did not show that the address is theirs.
  if ((line.requireVerifiedEmail || line.onePer === "address") && !emailVerified)
    throw new AppError("account.unverified");
  await deps.requireAccess(actor, line);
  const result = await deps.store.join({
    lineId,
    accountId,
    entry: entryIdOf({ lineId, accountId, nonce }),
    person: personOf({ accountId, email, onePer: line.onePer }),
  });
  return standingOf(deps, { line, accountId, place: placeOf(result) });
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
  actor: Fan,
  { eventId, lineId }: { eventId: EventId; lineId?: LineId },
): Promise<Standing | null> {
  const accountId = actor.account.id;
  const lines = (await deps.catalog.linesOf(eventId)).filter(
    (line) => line.finishedAtMs === null && (lineId === undefined || line.id === lineId),
  );
  for (const line of lines.sort((a, b) => b.lobbyOpensAtMs - a.lobbyOpensAtMs)) {
    const place = await deps.store.place({ lineId: line.id, accountId });
    if (place) return standingOf(deps, { line, accountId, place });
  }
  return null;
}

function standingOf(
  { keys }: Pick<PlaceServiceDeps, "keys">,
  { line, accountId, place }: OwnPlace,
): Standing {
  const { entry, number, ended, extensions } = place;
  return {
    lineId: line.id,
    eventId: line.eventId,
    windowKey: line.windowKey,
    entry,
    number,
    ticket: sealLineTicket(keys[0], { lineId: line.id, accountId, entry, number }),
    phase: phaseOf(place),
    ended,
    extensionsLeft: MORE_TIME_MAX - extensions,
  };
}

function phaseOf({ number, admittedAtMs, ended }: Place): Standing["phase"] {
  if (ended) return "over";
  if (admittedAtMs !== null) return "inside";
  return number === null ? "lobby" : "waiting";
}

/** The ticket says who and which number, so that no store but the room is asked. */
async function checkIn(
  deps: PlaceServiceDeps,
  actor: Fan,
  ticket: string,
): Promise<Exclude<CheckInResult, { kind: "room_lost" }>> {
  const claims = openLineTicket(deps.keys, ticket);
  if (claims?.accountId !== actor.account.id) throw new AppError("line.not_found", { why: "not_in_it" });
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
async function issuePass(deps: PlaceServiceDeps, { account }: Fan, lineId: LineId): Promise<IssuedPass> {
  const line = await requireLine(deps, lineId);
  const accountId = account.id;
  const place = await deps.store.place({ lineId, accountId });
  if (!place) throw new AppError("line.not_found", { why: "not_in_it" });
  if (place.admittedAtMs === null) throw new AppError("line.not_your_turn");
  if (place.ended) throw passOver();
  return passFor(deps, { accountId, line, place, admittedAtMs: place.admittedAtMs });
}

async function passFor(
  deps: PlaceServiceDeps,
  { accountId, line, place, admittedAtMs }: OwnPlace & { admittedAtMs: number },
): Promise<IssuedPass> {
  const { keys, room, clock, payMs } = deps;
  const shopUntilMs = shopUntilOf(line, { admittedAtMs, extensions: place.extensions });
  const renewed = await room.renew({
    ...roomKey(line),
    accountId,
    ttlMs: line.passTtlMs,
    maxUntilMs: shopUntilMs,
  });
  if (renewed.kind === "room_lost") throw lineResting();
  if (renewed.kind === "over") throw passOver();
  const pass = sealPass(keys[0], {
    lineId: line.id,
    eventId: line.eventId,
    accountId,
    issuedAtMs: clock.nowMs(),
    expiresAtMs: renewed.untilMs,
    shopUntilMs,
    payUntilMs: shopUntilMs + (await payMs(line.eventId)),
  });
  const extensionsLeft = MORE_TIME_MAX - place.extensions;
  return { pass, expiresAtMs: renewed.untilMs, shopUntilMs, extensionsLeft };
}

const passOver = () => new AppError("line.pass_required", { why: "ended" });

async function moreTime(deps: PlaceServiceDeps, actor: Fan, lineId: LineId): Promise<IssuedPass> {
  // The pass is renewed as it is first, so that a lost room or a pass that is over uses up no extension.
  await issuePass(deps, actor, lineId);
  const accountId = actor.account.id;
  const line = await requireLine(deps, lineId);
  const place = await deps.store.grantMoreTime({ lineId, accountId });
  if (!place?.admittedAtMs) throw new AppError("line.no_more_time", { max: MORE_TIME_MAX });
  return passFor(deps, { accountId, line, place, admittedAtMs: place.admittedAtMs });
}

/** For those whose pass is over or whose number was passed too long ago: a new number, behind everybody. */
async function rejoin(deps: PlaceServiceDeps, actor: Fan, lineId: LineId): Promise<Standing> {
  const line = await requireLine(deps, lineId);
  if (line.state !== "open" && line.state !== "paused")
    throw new AppError("line.not_open", { state: line.state });
  const accountId = actor.account.id;
  const place = await deps.store.place({ lineId, accountId });
  if (!place) throw new AppError("line.not_found", { why: "not_in_it" });
  const isOver = place.admittedAtMs === null ? hasLapsed : endForgotten;
  if (!place.ended && !(await isOver(deps, { line, accountId, place })))
    return standingOf(deps, { line, accountId, place });
  const again = await deps.store.rejoin({ lineId, accountId, seen: place.number });
  if (!again) throw new AppError("line.not_found", { why: "not_in_it" });
  return standingOf(deps, { line, accountId, place: again });
}

export type Purchase = {
  readonly accountId: AccountId;
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

type OwnPlace = { readonly line: LineRecord; readonly accountId: AccountId; readonly place: Place };

/** Nobody gives up a good number by a click: only one that the room refuses is taken back. */
async function hasLapsed(
  deps: Pick<PlaceServiceDeps, "room">,
  { line, accountId, place }: OwnPlace,
): Promise<boolean> {
  if (place.number === null) return false;
  const kind = await standingInRoom(deps, { line, accountId, number: place.number });
  return kind === "lapsed" || kind === "over";
}

async function standingInRoom(
  { room }: Pick<PlaceServiceDeps, "room">,
  { line, accountId, number }: { line: LineRecord; accountId: AccountId; number: number },
): Promise<CheckInResult["kind"]> {
  const { kind } = await room.checkIn({ ...roomKey(line), accountId, number, presentMs: PRESENT_MS });
  if (kind === "room_lost") throw lineResting();
  return kind;
}

/**
 * A pass whose end never reached Postgres, because a clock was set back or Redis lost its last second. The room says
 * that it is over, its longest time has passed, and still the fan counts as inside. It is ended here, because nothing
 * else would.
 */
async function endForgotten(
  deps: PlaceServiceDeps,
  { line, accountId, place: { number, admittedAtMs, extensions } }: OwnPlace,
): Promise<boolean> {
  const nowMs = deps.clock.nowMs();
  if (number === null || admittedAtMs === null || nowMs < shopUntilOf(line, { admittedAtMs, extensions }))
    return false;
  if ((await standingInRoom(deps, { line, accountId, number })) !== "over") return false;
  await deps.store.endPasses(line.id, [{ accountId, reason: "expired", atMs: nowMs }]);
  return true;
}

const shopUntilOf = (
  line: Pick<LineRecord, "passMaxMs">,
  { admittedAtMs, extensions }: { admittedAtMs: number; extensions: number },
) => admittedAtMs + line.passMaxMs + extensions * MORE_TIME_MS;

async function leave(deps: PlaceServiceDeps, { account }: Fan, lineId: LineId): Promise<void> {
  const line = await requireLine(deps, lineId);
  await deps.room.leave({ ...roomKey(line), accountId: account.id, reason: "left" });
}
