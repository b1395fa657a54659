import { dictionary } from "@zxcvbn-ts/language-common";

/** The 49,000 that appear most often in what was stolen elsewhere, in lower case. */
const COMMON: ReadonlySet<string> = new Set(dictionary["passwords-common"]);

export const isCommonPassword = (password: string): boolean => COMMON.has(password);
