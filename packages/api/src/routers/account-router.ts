import { Role, SignUp } from "@onsale/core/account/account";
import { z } from "zod";
import { publicProcedure, router } from "../trpc.ts";

const Me = z.object({ id: z.string(), email: z.string(), name: z.string(), role: Role });

export const accountRouter = router({
  signUp: publicProcedure
    .meta({ limit: "signUp" })
    .input(SignUp)
    .output(Me)
    .mutation(({ ctx: { container }, input }) => container.services.accounts.signUp(input)),

  me: publicProcedure.output(Me.nullable()).query(({ ctx: { account } }) => account),
});
