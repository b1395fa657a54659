import { EventId } from "@onsale/core/shared/ids";
import { Version } from "@onsale/core/audit/change";
import { LineId, LineLevers, LineSettings, LineState, PassEnd } from "@onsale/core/line/line";
import { LineNow } from "@onsale/core/line/now-serving";
import { Count } from "@onsale/core/shared/numbers";
import { writtenText } from "@onsale/core/shared/text";
import { z } from "zod";
import { OneLine } from "./line.ts";
import { OneEvent } from "./shared.ts";

/** A line for those who run it; the seed is in there only once the draw is made. */
export const AdminLine = z.object({
  ...LineSettings.shape,
  id: LineId,
  eventId: EventId,
  state: LineState,
  commitment: z.string().nullable(),
  entriesRoot: z.string().nullable(),
  seed: z.string().nullable(),
  publicValue: z.string().nullable(),
  drawn: z.number().nullable(),
  lastNumber: z.number(),
  openedAtMs: z.number().nullable(),
  finishedAtMs: z.number().nullable(),
  settingsVersion: z.number(),
});
export type AdminLine = z.infer<typeof AdminLine>;
export const AdminLines = z.array(AdminLine);

export const CreateLine = OneEvent.extend({ settings: LineSettings });
export const ConfigureLine = OneLine.extend({ version: Version, settings: LineSettings });
export const PullLevers = OneLine.extend({ version: Version, levers: LineLevers });
export const MoveLine = OneLine.extend({ version: Version, to: LineState });
export const SetPublicValue = OneLine.extend({ value: writtenText({ min: 1, max: 500 }) });

export const LiveLine = z.object({
  line: AdminLine,
  now: LineNow.nullable(),
  counts: z.object({
    joined: z.number(),
    admitted: z.number(),
    inside: z.number(),
    ended: z.record(PassEnd, z.number()),
    tickets: z.number(),
  }),
  room: z
    .object({
      room: z.string(),
      servedTo: z.number(),
      calledTo: z.number(),
      active: z.number(),
      front: z.number(),
    })
    .nullable(),
});

const WAVES_MAX = 200;
export const LineWavesAsk = OneLine.extend({
  limit: z.int().min(1).max(WAVES_MAX).default(60),
  beforeSeq: Count.exactOptional(),
});
const LineWave = z.object({
  seq: z.number(),
  atMs: z.number(),
  fence: z.number(),
  admitted: z.number(),
  activeAfter: z.number(),
  reason: z.string(),
  inputs: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  numbers: z.array(z.number()).readonly(),
});
export type LineWave = z.infer<typeof LineWave>;
export const LineWaves = z.array(LineWave);
