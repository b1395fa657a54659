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
    .query(async ({ ctx: { services }, input }) => {
      const { presales, batches } = await services.access.overview(input.eventId);
      return { presales, batches };
    }),

  /** The only time that codes are shown: they are kept as hashes. */
  createCodes: memberProcedure("access.write")
    .input(CreateCodes)
    .output(CreatedCodes)
    .mutation(({ ctx: { services, account }, input: { eventId, ...batch } }) =>
      services.access.createCodes(eventId, batch, account.email),
    ),

  /** A batch, or one code that got into the wrong hands. Who came in by it before keeps access. */
  revoke: memberProcedure("access.write")
    .input(RevokeCodes)
    .output(RevokedCodes)
    .mutation(({ ctx: { services, account }, input: { eventId, ...what } }) =>
      services.access.revoke(eventId, what, account.email),
    ),

  addEmails: memberProcedure("access.write")
    .input(PresaleEmailsInTurn)
    .output(AddedEmails)
    .mutation(({ ctx: { services, account }, input: { eventId, ...list } }) =>
      services.access.addEmails(eventId, list, account.email),
    ),

  removeEmails: memberProcedure("access.write")
    .input(PresaleEmailsInTurn)
    .output(RemovedEmails)
    .mutation(({ ctx: { services, account }, input: { eventId, ...list } }) =>
      services.access.removeEmails(eventId, list, account.email),
    ),
});
