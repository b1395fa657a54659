import {
  AccessOverview,
  AddedEmails,
  CreateCodes,
  CreatedCodes,
  RemovedEmails,
  RevokeCodes,
  RevokedCodes,
} from "@onsale/contract/admin-access";
import { OneEvent } from "@onsale/contract/shared";
import { memberProcedure, router } from "../trpc.ts";
import { PresaleEmailsInTurn } from "./email-list.ts";

export const adminAccessRouter = router({
  overview: memberProcedure("access.read")
    .input(OneEvent)
    .output(AccessOverview)
    .query(async ({ ctx: { services, actor }, input }) => {
      const { presales, batches } = await services.access.overview(actor, input.eventId);
      return { presales, batches };
    }),

  /** The only time that codes are shown: they are kept as hashes. */
  createCodes: memberProcedure("access.write")
    .input(CreateCodes)
    .output(CreatedCodes)
    .mutation(({ ctx: { services, actor }, input: { eventId, ...batch } }) =>
      services.access.createCodes(actor, eventId, batch),
    ),

  /** A batch, or one code that got into the wrong hands. Who came in by it before keeps access. */
  revoke: memberProcedure("access.write")
    .input(RevokeCodes)
    .output(RevokedCodes)
    .mutation(({ ctx: { services, actor }, input: { eventId, ...what } }) =>
      services.access.revoke(actor, eventId, what),
    ),

  addEmails: memberProcedure("access.write")
    .input(PresaleEmailsInTurn)
    .output(AddedEmails)
    .mutation(({ ctx: { services, actor }, input: { eventId, ...list } }) =>
      services.access.addEmails(actor, eventId, list),
    ),

  removeEmails: memberProcedure("access.write")
    .input(PresaleEmailsInTurn)
    .output(RemovedEmails)
    .mutation(({ ctx: { services, actor }, input: { eventId, ...list } }) =>
      services.access.removeEmails(actor, eventId, list),
    ),
});
