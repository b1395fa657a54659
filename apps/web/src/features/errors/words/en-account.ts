import type { ErrorCode } from "@onsale/core/shared/error-details";
import { SIGN_IN } from "../ways.ts";
import type { SomeWords } from "./error-words.ts";

type AccountCode = Extract<
  ErrorCode,
  `${"account" | "origin" | "challenge" | "risk" | "rate" | "service"}.${string}`
>;

/** For whoever signs in, signs up, or is asked who they are. */
export const ACCOUNT_WORDS_EN: SomeWords<AccountCode> = {
  "account.sign_in_required": {
    title: "You are not signed in.",
    todo: "Sign in to go on; what you chose or hold is kept.",
    way: SIGN_IN,
  },
  "account.bad_credentials": {
    title: "That address and password do not match.",
    todo: "Check both, or create an account.",
  },
  "account.email_taken": {
    title: "There is an account with this address already.",
    todo: "Sign in with it instead.",
    way: SIGN_IN,
  },
  "account.weak_password": ({ why }) => ({
    title:
      why === "personal"
        ? "That password is your own name or address."
        : "That password is one of the first that strangers try.",
    todo: "Take another: three or four words that do not belong together are easy to keep.",
  }),
  "account.wrong_password": {
    title: "That is not your present password.",
    todo: "Check it. If you do not remember it, sign out and have a mail sent to set a new one.",
  },
  "account.bad_reset": {
    title: "That link is not good any more.",
    todo: "It works once and for an hour. Ask for a new one.",
    way: { label: "Ask for a new link", path: "/reset-password" },
  },
  "account.not_allowed": ({ why }) =>
    why === "staff_not_blocked"
      ? { title: "Only fans can be blocked.", todo: "Take away the role or the membership of staff instead." }
      : {
          title: "Your account may not do this.",
          todo: "Sign in with an account of the organizer's team.",
          way: SIGN_IN,
        },
  "account.not_found": { title: "There is no such account.", todo: "Check the address or the id." },
  "account.blocked": {
    title: "This account cannot buy here at the moment.",
    todo: "Write to the organizer if you think that is wrong.",
  },
  "account.unverified": {
    title: "Your mail address is not confirmed yet.",
    todo: "Ask for a code and enter the six digits that we send you.",
    way: { label: "Confirm my address", path: "/verify-email" },
  },
  "account.bad_code": ({ triesLeft }) =>
    triesLeft > 0
      ? { title: "That code does not fit.", todo: "Check the digits, or ask for a new mail." }
      : { title: "That code is not good any more.", todo: "Ask for a new mail." },
  "origin.foreign": {
    title: "This request did not come from this page.",
    todo: "Open Onsale at its own address and try again there.",
  },
  "challenge.required": {
    title: "A short check comes first.",
    todo: "Your browser does it by itself; it takes a few seconds.",
  },
  "challenge.failed": { title: "The check did not work.", todo: "Reload the page and try again." },
  "risk.refused": {
    title: "These requests look like those of a program.",
    todo: "Wait an hour and try again, or write to the organizer. Nothing was charged.",
  },
  "rate.limited": {
    title: "That was a little fast.",
    todo: "Wait a moment, then try again. Nothing is lost by it.",
  },
  "service.unavailable": ({ what }) => ({
    title: what === "imports" ? "Other files are being read." : "Onsale cannot answer right now.",
    todo: "Wait a moment, then try again. A payment is never taken twice.",
  }),
};
