import { expect, test } from "vitest";
import { localeOfPosix } from "./terminal-locale.ts";

test.each([
  ["de_CH.UTF-8", "de-CH"],
  ["de_DE@euro", "de-DE"],
  ["en_US", "en-US"],
  ["fr", "fr-FR"],
  ["C", "en-GB"],
  ["C.UTF-8", "en-GB"],
  ["POSIX", "en-GB"],
  ["", "en-GB"],
  ["tlh_QO", "en-GB"],
])("the locale %s of an environment is read as %s", (name, locale) => {
  expect(localeOfPosix(name)).toBe(locale);
});
