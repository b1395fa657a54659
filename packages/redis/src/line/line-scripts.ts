import { PassEnd } from "@onsale/core/line/line";
import type { AdmitRequest, LineRoom, RoomKey, RoomState, RoomWave } from "@onsale/core/line/line-room";
import { must } from "@onsale/core/shared/assert";
import { AccountId } from "@onsale/core/shared/ids";
import { z } from "zod";
import { defineScript } from "../define-script.ts";
import type { Keyspace } from "../shard.ts";
import { lineKeys } from "./line-keys.ts";

type In<T> = T & { space: Keyspace };
type Input<Verb extends keyof LineRoom> = In<Parameters<LineRoom[Verb]>[0]>;
const keysOf = ({ space, lineId, eventId }: In<RoomKey>) => lineKeys(space, { lineId, eventId });

const roomLost = z.tuple([z.literal("room_lost")]);
const roomState = z
  .tuple([z.string(), z.int(), z.int(), z.int(), z.int()])
  .transform(([room, servedTo, calledTo, active, front]): RoomState => ({
    room,
    servedTo,
    calledTo,
    active,
    front,
  }));

const part = (text: string | undefined) => must(text, "a line's script leaves no part out");
/** "account:number:since" */
function readAdmission(packed: string): RoomWave["admitted"][number] {
  const [account, number, since] = packed.split(":");
  return {
    accountId: AccountId.parse(account),
    number: Number(part(number)),
    presentSinceMs: Number(part(since)),
  };
}
/** "seq|at|cap|inflow|valid passes|admission,admission", or "" for none. */
const wave = z.string().transform((packed): RoomWave | null => {
  if (packed === "") return null;
  const [seq, atMs, cap, inflow, activeAfter, admitted] = packed.split("|");
  return {
    seq: Number(part(seq)),
    atMs: Number(part(atMs)),
    cap: Number(part(cap)),
    inflowPerSecond: Number(part(inflow)),
    activeAfter: Number(part(activeAfter)),
    admitted: part(admitted).split(",").map(readAdmission),
  };
});
/** "account|reason|at" */
const passEnd = z.string().transform((packed) => {
  const [account, reason, atMs] = packed.split("|");
  return { accountId: AccountId.parse(account), reason: PassEnd.parse(reason), atMs: Number(part(atMs)) };
});

export const lookAtRoom = defineScript({
  name: "lookAtRoom",
  keys: (key: In<RoomKey>) => keysOf(key),
  args: () => [],
  reply: z.union([roomState, z.tuple([]).transform(() => null)]),
});

export const restoreRoom = defineScript({
  name: "restoreRoom",
  keys: (facts: Input<"restore">) => keysOf(facts),
  args: (facts) => [
    facts.fence,
    facts.room,
    facts.servedTo,
    facts.lastSeq,
    facts.settleMs,
    facts.served.map(([atMs, servedTo]) => `${atMs}:${servedTo}`).join(","),
    facts.passes.map(({ accountId, untilMs }) => `${accountId}:${untilMs}`).join(","),
    facts.letIn.map(([number]) => number).join(","),
  ],
  reply: z.enum(["restored", "fenced"]),
});

export const checkIn = defineScript({
  name: "checkIn",
  keys: (fan: Input<"checkIn">) => keysOf(fan),
  args: (fan) => [fan.accountId, fan.number, fan.presentMs],
  reply: z.union([
    z.tuple([z.enum(["present", "inside", "over", "lapsed", "room_lost"])]),
    z.tuple([z.literal("not_called"), z.int()]),
  ]),
});

/** Ends are numbered in each room, so that those which Postgres has are forgotten once, however often that is said. */
export type EndsRecorded = { readonly room: string; readonly count: number };

export const admitWave = defineScript({
  name: "admitWave",
  keys: (request: In<AdmitRequest & { ends: EndsRecorded }>) => keysOf(request),
  args: (request) => [
    request.fence,
    request.cap,
    request.inflowPerSecond,
    request.size,
    request.frontTarget,
    request.lastNumber,
    request.passTtlMs,
    request.graceMs,
    request.recordedSeq,
    request.ends.room,
    request.ends.count,
  ],
  reply: z.union([
    z.tuple([z.literal("admitted"), roomState, wave, z.int(), z.array(passEnd)]),
    z.tuple([z.literal("fenced")]),
    roomLost,
  ]),
});

export const renewPass = defineScript({
  name: "renewPass",
  keys: (pass: Input<"renew">) => keysOf(pass),
  args: (pass) => [pass.accountId, pass.ttlMs, pass.maxUntilMs],
  reply: z.int().min(-1),
});

export const leaveLine = defineScript({
  name: "leaveLine",
  keys: (fan: Input<"leave">) => keysOf(fan),
  args: (fan) => [fan.accountId, fan.reason],
  reply: z.union([z.literal(0), z.literal(1)]),
});
