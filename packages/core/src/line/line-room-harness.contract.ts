import { randomUUID } from "node:crypto";
import { AccountId, EventId } from "../shared/ids.ts";
import { assert } from "../shared/assert.ts";
import { LineId } from "./line.ts";
import type { AdmitRequest, AdmitResult, LineRoom, RoomKey, RoomState, RoomWave } from "./line-room.ts";

/** What an adapter brings to run the contract. */
export type LineRoomHarness = {
  readonly room: LineRoom;
  /** The store forgets everything about this line at once, as after a wipe. */
  lose: (key: RoomKey) => Promise<void>;
  close: () => Promise<void>;
};

/** Whatever the room has let in counts as written down. */
const ALL_RECORDED = Number.MAX_SAFE_INTEGER;
const PRESENT_MS = 60_000;

const newKey = (): RoomKey => ({
  lineId: LineId.parse(randomUUID()),
  eventId: EventId.parse(randomUUID()),
});
export type Fan = { readonly accountId: AccountId; readonly number: number };
/** Fans with the numbers first, first + 1 ... */
export function fansFrom(first: number, count: number): Fan[] {
  return Array.from({ length: count }, (_, i) => ({
    accountId: AccountId.parse(randomUUID()),
    number: first + i,
  }));
}

type Admitted = Extract<AdmitResult, { kind: "admitted" }>;
type Facts = Parameters<LineRoom["restore"]>[0];
export const numbersOf = (wave: RoomWave | null) => wave?.admitted.map((fan) => fan.number) ?? [];

/** One line of a test with the answers that most tests expect; `admit` fails where nobody was to be refused. */
export type TestLine = {
  readonly key: RoomKey;
  readonly restore: (facts?: Partial<Facts>) => Promise<"restored" | "fenced">;
  readonly checkIn: (fan: Fan, presentMs?: number) => ReturnType<LineRoom["checkIn"]>;
  readonly tryAdmit: (request?: Partial<AdmitRequest>) => Promise<AdmitResult>;
  readonly admit: (request?: Partial<AdmitRequest>) => Promise<Admitted>;
  readonly leave: (fan: Fan) => ReturnType<LineRoom["leave"]>;
  readonly renew: (fan: Fan, ttlMs?: number) => ReturnType<LineRoom["renew"]>;
  readonly look: () => Promise<RoomState | null>;
};

/** A line with a room; `called` numbers are asked to be present. */
export async function openLine(
  { room }: LineRoomHarness,
  { called = 1_000, ...facts }: Partial<Facts> & { called?: number } = {},
): Promise<TestLine> {
  const key = newKey();
  const tryAdmit: TestLine["tryAdmit"] = (request = {}) =>
    room.admit({
      ...key,
      fence: 1,
      cap: 1_000,
      inflowPerSecond: 1_000,
      size: 1_000,
      frontTarget: 0,
      lastNumber: 1_000_000,
      passTtlMs: 60_000,
      graceMs: 600_000,
      recordedSeq: ALL_RECORDED,
      endsRecorded: 0,
      ...request,
    });
  const line: TestLine = {
    key,
    restore: (changed = {}) =>
      room.restore({
        ...key,
        fence: 1,
        room: randomUUID(),
        servedTo: 0,
        lastSeq: 0,
        served: [],
        passes: [],
        letIn: [],
        settleMs: 0,
        ...changed,
      }),
    checkIn: (fan, presentMs = PRESENT_MS) => room.checkIn({ ...key, ...fan, presentMs }),
    tryAdmit,
    async admit(request) {
      const result = await tryAdmit(request);
      assert(result.kind === "admitted", `the room answered ${result.kind}`);
      return result;
    },
    leave: ({ accountId }) => room.leave({ ...key, accountId, reason: "left" }),
    renew: ({ accountId }, ttlMs = 60_000) =>
      room.renew({ ...key, accountId, ttlMs, maxUntilMs: Date.now() + 3_600_000 }),
    look: () => room.look(key),
  };
  await line.restore(facts);
  if (called > 0) await line.admit({ size: 0, frontTarget: called, fence: facts.fence ?? 1 });
  return line;
}
