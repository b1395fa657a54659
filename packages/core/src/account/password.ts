import { z } from "zod";

/** Long beats complicated; 256 bounds the cost of hashing (reliability 4.4). */
export const Password = z.string().min(10).max(256);

export type PasswordFault = "common" | "personal";
/** Words of this installation that everybody tries first. */
const OWN_WORDS = ["onsale", "ticket", "tickets"];
/** A word and a year, or a word and "123!", is the word. */
const ADDED_CHARS_MAX = 6;
const ADDED_TO_NAME_MAX = 4;
const PERSONAL_CHARS_MIN = 4;
const LEET: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "1": "i",
  "!": "i",
  "0": "o",
  $: "s",
  "5": "s",
  "7": "t",
};

/** Why a password would be among the first that are tried; null: it is not. `isCommon` knows the lists that attackers use. */
export function passwordFault(
  password: string,
  who: { readonly email: string; readonly name: string },
  isCommon: (password: string) => boolean,
): PasswordFault | null {
  const plain = password.normalize("NFKC").toLowerCase();
  const forms = [plain, unleet(plain), unleet(core(plain))].flatMap((form) => [
    form,
    core(form),
    unit(form),
    unit(core(form)),
  ]);
  const isWhole = (form: string) => form.length + ADDED_CHARS_MAX >= plain.length || unit(plain) !== plain;
  if (forms.some((form) => isWhole(form) && (isCommon(form) || OWN_WORDS.includes(form) || isRun(form))))
    return "common";
  const [local = ""] = who.email.split("@");
  const words = [who.email, local, who.name, ...who.name.split(" ")].map(letters);
  const own = words.filter((word) => word.length >= PERSONAL_CHARS_MIN);
  const left = letters(plain);
  const isOwn = own.some((word) => left.includes(word) && left.length - word.length <= ADDED_TO_NAME_MAX);
  return isOwn ? "personal" : null;
}

const letters = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
const unleet = (text: string) => text.replaceAll(/[@4310!$57]/g, (char) => LEET[char] ?? char);
/** Without the digits and signs around it: "password" of "123Password!". */
const core = (text: string) => text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, "");

/** What is repeated in it: "abc" of "abcabcabc"; itself when nothing is. */
function unit(text: string): string {
  for (let length = 1; length <= text.length / 2; length++)
    if (text.length % length === 0 && text === text.slice(0, length).repeat(text.length / length))
      return text.slice(0, length);
  return text;
}

/** One step up or down each time, or none: "0123456789", "zyxwvutsrq", "aaaaaaaaaa". */
function isRun(text: string): boolean {
  if (text.length < PERSONAL_CHARS_MIN) return text.length === 1;
  const step = (text.codePointAt(1) ?? 0) - (text.codePointAt(0) ?? 0);
  if (Math.abs(step) > 1) return false;
  return Array.from(text).every(
    (char, at, all) => at === 0 || (char.codePointAt(0) ?? 0) - (all[at - 1]?.codePointAt(0) ?? 0) === step,
  );
}
