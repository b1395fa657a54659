import { expect, test } from "vitest";
import { passwordFault } from "./password.ts";

const LIST = new Set(["password", "qwertyuiop", "letmein", "welcome", "iloveyou", "1234567890"]);
const ada = { email: "ada.lovelace@fans.example", name: "Ada Lovelace" };
const faultOf = (password: string) => passwordFault(password, ada, (word) => LIST.has(word));

test.each([
  "qwertyuiop",
  "QwertyUIOP",
  "1234567890",
  "0123456789",
  "9876543210",
  "abcdefghij",
  "aaaaaaaaaa",
  "password123",
  "Password2026",
  "P@ssw0rd123!",
  "Passw0rd2026!",
  "passwordpassword",
  "letmeinletmein",
  "onsaleonsale",
  "onsale2026",
])("%s is common, whatever is put around it", (password) => {
  expect(faultOf(password)).toBe("common");
});

test.each(["ada.lovelace", "AdaLovelace1", "lovelace2026", "ada.lovelace@fans.example"])(
  "%s is the account's own name",
  (password) => {
    expect(faultOf(password)).toBe("personal");
  },
);

test.each([
  "a seat in the stalls",
  "doors-at-seven",
  "correct horse battery",
  "password manager says x9Kq",
  "ten characters",
  "lovelace plays the theremin",
])("%s is taken", (password) => {
  expect(faultOf(password)).toBeNull();
});
