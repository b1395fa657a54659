import { type Fan, fan, type Visitor } from "@onsale/core/actor/actor";
import type { Call } from "@onsale/core/actor/call";
import type { AccountService } from "@onsale/core/account/account-service";
import { Email } from "@onsale/core/account/email";
import type { OpenedSession, SessionService } from "@onsale/core/account/session-service";
import {
  CHALLENGE_ANSWER_CHARS_MAX,
  type ChallengeOffer,
  type ChallengeProvider,
} from "@onsale/core/risk/challenge-provider";
import type { AdmissionStore } from "@onsale/core/risk/admission-store";
import type { Clock } from "@onsale/core/shared/clock";
import { derivedId } from "@onsale/core/shared/derived-id";
import { AppError } from "@onsale/core/shared/errors";
import { AccountId } from "@onsale/core/shared/ids";
import type { KnownDevices } from "./known-devices.ts";
import type { SignInTries } from "@onsale/core/account/sign-in-tries";

export type SignInInput = {
  readonly email: unknown;
  readonly password: unknown;
  /** What known-devices.ts gave this browser. */
  readonly deviceCookie: string | null;
};
/** From where, and with the answer to a check if one was asked for. */
export type SignInCall = Pick<Call, "address" | "client" | "answer">;

export type SignInResult =
  | { readonly kind: "in"; readonly session: OpenedSession; readonly deviceCookie: string }
  | { readonly kind: "mismatch" }
  /** After many failures: the same again with an answer to the check. */
  | { readonly kind: "check" };

export type SignInDeps = {
  readonly accounts: AccountService;
  readonly sessions: SessionService;
  readonly tries: SignInTries;
  readonly devices: KnownDevices;
  readonly challenges: ChallengeProvider;
  /** Writes down that a solution was used. */
  readonly spent: Pick<AdmissionStore, "spend">;
  readonly clock: Clock;
};

const PASSWORD_CHARS_MAX = 256;
/** A check is bound to the address that is tried, whether or not anybody has it. */
const subjectOf = (email: string) => AccountId.parse(derivedId("sign-in", email));

/** The one door for passwords, whoever knocks: the form, and next-auth's endpoint behind it. */
export function makeSignIn(deps: SignInDeps) {
  const { tries, devices, challenges, spent, clock } = deps;

  async function isSolved(email: string, { answer, address }: SignInCall): Promise<boolean> {
    if (answer === null || answer.length > CHALLENGE_ANSWER_CHARS_MAX) return false;
    const check = await challenges.check({ accountId: subjectOf(email), action: "sign_in", answer, address });
    if (check.kind === "refused") return false;
    return spent.spend(check.id, check.expiresAtMs - clock.nowMs());
  }

  return {
    /** Throws rate.limited where too many passwords are compared at once. */
    async signIn(actor: Visitor | Fan, call: SignInCall, input: SignInInput): Promise<SignInResult> {
      const email = Email.safeParse(input.email);
      const { password, deviceCookie } = input;
      if (!email.success || typeof password !== "string" || password.length > PASSWORD_CHARS_MAX)
        return { kind: "mismatch" };
      const device = devices.nameFor(deviceCookie, email.data);
      const attempt = { email: email.data, address: call.address, device };
      if ((await tries.take(attempt)) && !(await isSolved(email.data, call))) return { kind: "check" };
      try {
        const { account, passwordHash } = await deps.accounts.signIn(actor, {
          email: email.data,
          password,
        });
        const userAgent = call.client?.userAgent ?? null;
        const session = await deps.sessions.open(fan(account), { passwordHash, userAgent });
        await tries.giveBack(attempt);
        return { kind: "in", session, deviceCookie: devices.remember(deviceCookie, email.data) };
      } catch (error) {
        if (error instanceof AppError && error.code === "account.bad_credentials")
          return { kind: "mismatch" };
        await tries.giveBack(attempt);
        throw error;
      }
    },

    /** For an address that is none a check is made all the same. */
    offerCheck(email: unknown): Promise<ChallengeOffer> {
      const subject = Email.safeParse(email).data ?? "nobody";
      return challenges.issue({ accountId: subjectOf(subject), action: "sign_in", hard: true });
    },
  };
}
export type SignIn = ReturnType<typeof makeSignIn>;
