import { fan } from "../actor/actor.ts";
import { expect, test } from "vitest";
import { AccountId } from "../shared/ids.ts";
import { EmailCode, emailCodeOf, sameCode } from "./verify-email.ts";
import { makeVerifyEmailService } from "./verify-email-service.ts";
import type { VerifyEmailStore } from "./verify-email-store.ts";

const key = new Uint8Array(32).fill(7);
const ADA = AccountId.parse("5a0f1a5e-58c3-4c6f-9d6e-0e6f6d9b1a01");
const BOB = AccountId.parse("5a0f1a5e-58c3-4c6f-9d6e-0e6f6d9b1a02");

test("a code is six digits and follows from key, account and nonce alone", () => {
  const codes = new Set(Array.from({ length: 500 }, (_, n) => emailCodeOf(key, ADA, `n${n}`)));
  for (const code of codes) expect(code).toMatch(/^\d{6}$/);
  expect(codes.size).toBeGreaterThan(490);
  const code = emailCodeOf(key, ADA, "n");
  expect(emailCodeOf(key, ADA, "n")).toBe(code);
  expect(emailCodeOf(key, BOB, "n")).not.toBe(code);
  expect(emailCodeOf(new Uint8Array(32).fill(8), ADA, "n")).not.toBe(code);
});

test("what a fan types may have spaces and nothing else", () => {
  expect(EmailCode.parse(" 123 456 ")).toBe("123456");
  for (const wrong of ["12345", "1234567", "12345a", "", "１２３４５６"])
    expect(EmailCode.safeParse(wrong).success).toBe(false);
});

test("two codes are the same only when every digit is", () => {
  expect(sameCode("123456", "123456")).toBe(true);
  for (const other of ["123457", "023456", "12345", "1234567", ""])
    expect(sameCode(other, "123456")).toBe(false);
});

function service(live: { nonce: string; triesLeft: number } | null) {
  const asked: string[] = [];
  const codes: VerifyEmailStore = {
    start: () => Promise.resolve({ kind: "too_soon", retryInMs: 12_345 }),
    takeTry: () => {
      asked.push("try");
      return Promise.resolve(live);
    },
    verify: (_, nonce) => {
      asked.push(`verify ${nonce}`);
      return Promise.resolve(true);
    },
  };
  const verify = makeVerifyEmailService({
    codes,
    accounts: { findById: () => Promise.resolve(null) },
    mailer: { send: () => Promise.reject(new Error("no mail is expected")) },
    keys: [key],
    newNonce: () => "n",
    pageUrl: "",
  });
  return { verify, asked };
}
const ada = fan({
  id: ADA,
  email: "ada@onsale.example",
  name: "Ada",
  role: "fan",
  emailVerified: false,
  isMember: false,
});

test("the right code confirms after its try was taken; a wrong one says how many are left", async () => {
  const { verify, asked } = service({ nonce: "n", triesLeft: 3 });
  const right = emailCodeOf(key, ADA, "n");
  await verify.confirm(ada, right);
  expect(asked).toEqual(["try", "verify n"]);
  const wrong = right === "000000" ? "000001" : "000000";
  await expect(verify.confirm(ada, wrong)).rejects.toMatchObject({
    code: "account.bad_code",
    details: { triesLeft: 3 },
  });
  expect(asked).toEqual(["try", "verify n", "try"]);
});

test("without a live code even the right digits do not fit", async () => {
  await expect(service(null).verify.confirm(ada, emailCodeOf(key, ADA, "n"))).rejects.toMatchObject({
    code: "account.bad_code",
    details: { triesLeft: 0 },
  });
});

test("a mail that would come too soon is a limit with its time", async () => {
  await expect(service(null).verify.start(ada)).rejects.toMatchObject({
    code: "rate.limited",
    details: { retryAfterMs: 12_345 },
  });
});

test("an account that is gone gets no mail", async () => {
  await expect(service(null).verify.sendMail(BOB, "n")).resolves.toBeUndefined();
});
