import type { AppRouter } from "@onsale/api/router";
import { createTRPCClient, type Operation, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { expect, test } from "vitest";
import { challengeAnswerOf, challengeLink } from "./challenge-link.ts";

const challenge = {
  kind: "altcha",
  challenge: { parameters: { algorithm: "PBKDF2/SHA-256", keyPrefix: "00" }, signature: "s" },
};
const refusal = (code: string, details: object = {}) =>
  TRPCClientError.from<AppRouter>({
    error: { message: code, code: -32_000, data: { app: { code, details } } },
  } as never);

/** A server that answers each call in turn with what it is given. */
function server(answers: readonly (TRPCClientError<AppRouter> | "ok")[], solve: () => Promise<string>) {
  const calls: Operation[] = [];
  const end: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        const answer = answers[calls.length] ?? "ok";
        calls.push(op);
        if (answer !== "ok") return observer.error(answer);
        observer.next({ result: { type: "data", data: null } });
        observer.complete();
      });
  const client = createTRPCClient<AppRouter>({ links: [challengeLink(solve), end] });
  return { calls, ask: () => client.account.me.query() };
}

test("a call that meets a challenge is made once more, with the answer", async () => {
  const { calls, ask } = server([refusal("challenge.required", { challenge })], () =>
    Promise.resolve("solved"),
  );
  await ask();
  expect(calls.map(challengeAnswerOf)).toEqual([null, "solved"]);
});

test("a second demand is told and not answered for ever", async () => {
  const again = refusal("challenge.required", { challenge });
  const { calls, ask } = server([again, again, again], () => Promise.resolve("solved"));
  await expect(ask()).rejects.toThrow("challenge.required");
  expect(calls).toHaveLength(2);
});

test("other refusals, and challenges that this page does not know, pass through untouched", async () => {
  for (const error of [
    refusal("hold.seats_taken"),
    refusal("challenge.required", { challenge: { kind: "riddle" } }),
  ]) {
    const { calls, ask } = server([error], () => Promise.reject(new Error("nothing to solve")));
    await expect(ask()).rejects.toBe(error);
    expect(calls).toHaveLength(1);
  }
});

test("a challenge that cannot be solved is told as the demand it was", async () => {
  const error = refusal("challenge.required", { challenge });
  const { calls, ask } = server([error], () => Promise.reject(new Error("no WebCrypto here")));
  await expect(ask()).rejects.toBe(error);
  expect(calls).toHaveLength(1);
});
