import { expect, test } from "vitest";
import { LineId } from "../line/line.ts";
import { WaitlistEntryId, WaitlistOfferId } from "../waitlist/waitlist.ts";
import { AccountId, EventId, HoldId, LayoutId, OrderId, PaymentId, TicketId, Uuid, VenueId } from "./ids.ts";

const ID = "a5d1c0de-5eed-4b0b-8f00-00000000cafe";
const KINDS = {
  AccountId,
  EventId,
  HoldId,
  LayoutId,
  LineId,
  OrderId,
  PaymentId,
  TicketId,
  Uuid,
  VenueId,
  WaitlistEntryId,
  WaitlistOfferId,
};

test.each(Object.entries(KINDS))("%s has one spelling, whatever case it comes in", (_name, kind) => {
  for (const written of [ID, ID.toUpperCase(), ID.replace("cafe", "CaFe")])
    expect(kind.parse(written)).toBe(ID);
  for (const odd of [`{${ID}}`, ` ${ID}`, ID.replaceAll("-", ""), `urn:uuid:${ID}`, ID.replace("a", "а")])
    expect({ odd, taken: kind.safeParse(odd).success }).toEqual({ odd, taken: false });
});
