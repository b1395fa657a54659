import type { LineRecord } from "./line.ts";
import type { RoomKey } from "./line-room.ts";

export const roomKey = ({ id, eventId }: Pick<LineRecord, "id" | "eventId">): RoomKey => ({
  lineId: id,
  eventId,
});
