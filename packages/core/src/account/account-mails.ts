import type { Mail } from "../mail/mailer.ts";
import { EMAIL_CODE_TTL_MS, spacedCode } from "./verify-email.ts";

/**
 * Mails about an account. They go to addresses that somebody typed, so nothing else that was typed is in them: no name, no
 * words of a stranger.
 */
const NOTHING_TO_DO =
  "If you did not ask for it, somebody typed your address by mistake, and you need do nothing.";

const mail = (
  to: string,
  subject: string,
  { id, lines }: { id: string; lines: readonly string[] },
): Mail => ({
  to,
  subject,
  messageId: id,
  text: `${lines.join("\n")}\n`,
});

export function signUpMail({ to, id, code }: { to: string; id: string; code: string }): Mail {
  return mail(to, `${spacedCode(code)} is your Onsale code`, {
    id: `sign-up-${id}`,
    lines: [
      "Hello",
      "",
      `Your code: ${spacedCode(code)}`,
      "",
      `Enter it on the page where you signed up, and your account is there. It is good for ${EMAIL_CODE_TTL_MS / 60_000} minutes.`,
      NOTHING_TO_DO,
    ],
  });
}

export function knownAddressMail({ to, id, publicUrl }: { to: string; id: string; publicUrl: string }): Mail {
  return mail(to, "You have an Onsale account already", {
    id: `sign-up-${id}`,
    lines: [
      "Hello",
      "",
      "Somebody, probably you, just signed up with this address. It has an account already, and nothing about it was changed.",
      "",
      `Sign in: ${publicUrl}/sign-in`,
      `Forgotten the password? ${publicUrl}/reset-password`,
      "",
      "If it was not you, you need do nothing: whoever it was was not told that you have an account.",
    ],
  });
}

export function passwordResetMail(input: { to: string; id: string; token: string; pageUrl: string }): Mail {
  return mail(input.to, "Set a new Onsale password", {
    id: `password-reset-${input.id}`,
    lines: [
      "Hello",
      "",
      // Behind the #, which no server on the way writes down.
      `Set a new password: ${input.pageUrl}#token=${input.token}`,
      "",
      "The link is good for one hour and works once. Every device that is signed in will be signed out.",
      NOTHING_TO_DO,
    ],
  });
}

export function passwordSetMail({ to, id, pageUrl }: { to: string; id: string; pageUrl: string }): Mail {
  return mail(to, "Your Onsale password was changed", {
    id: `password-set-${id}`,
    lines: [
      "Hello",
      "",
      "The password of your account was just changed, and other devices were signed out.",
      "",
      `If it was not you, set another one now: ${pageUrl}`,
    ],
  });
}
