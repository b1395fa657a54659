import { waiting } from "../challenge/waiting.ts";
import { enter, offerCheck, type SignInFault } from "./session-actions.ts";

/**
 * Signs in, and does the work that is asked for where strangers tried too many passwords: the owner's browser takes a second
 * for it, and nobody is kept out.
 */
export async function enterWithCheck(input: { email: string; password: string }): Promise<SignInFault> {
  const fault = await enter(input);
  if (fault !== "check") return fault;
  const answer = await waiting.during(async () => {
    const [offer, { solveChallenge }] = await Promise.all([
      offerCheck(input.email),
      import("../challenge/solve-challenge.ts"),
    ]);
    return solveChallenge(offer);
  });
  return enter({ ...input, answer });
}
