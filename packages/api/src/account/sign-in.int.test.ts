import { system, VISITOR } from "@onsale/core/actor/actor";
import { randomUUID } from "node:crypto";
import type { Role } from "@onsale/core/actor/account";
import { solveAltcha } from "@onsale/providers/challenge/solve-altcha";
import { expect, test } from "vitest";
import { describeApp } from "../testing/test-app.ts";
import { FAILURES } from "@onsale/core/account/sign-in-tries";

const PASSWORD = "a seat in the stalls";

describeApp(
  "signing in while strangers try passwords",
  (app) => {
    let addresses = 0;
    const newAddress = () => `198.51.${Math.floor(++addresses / 250)}.${addresses % 250}`;
    const person = async (role: Role = "fan") => {
      const email = `${randomUUID()}@fans.example`;
      await app().container.services.accounts.create(
        system("seed"),
        { email, name: "Ada", password: PASSWORD },
        role,
      );
      return email;
    };
    const signIn = (
      email: string,
      {
        password = PASSWORD,
        address = newAddress(),
        deviceCookie = null,
        answer = null,
      }: {
        password?: string;
        address?: string;
        deviceCookie?: string | null;
        answer?: string | null;
      } = {},
    ) =>
      app().container.signIn.signIn(
        VISITOR,
        { address, answer, client: null },
        { email, password, deviceCookie },
      );
    const kindOf = async (result: ReturnType<typeof signIn>) => (await result).kind;
    const solve = async (email: string) => solveAltcha(await app().container.signIn.offerCheck(email));

    test("right passwords are never counted: a crowd at one address comes in", async () => {
      const address = newAddress();
      const email = await person();
      for (let n = 0; n < FAILURES.address.points + 5; n++)
        expect(await kindOf(signIn(email, { address }))).toBe("in");
    });

    test("after five wrong passwords a stranger needs a check for each, right or wrong", async () => {
      const [email, address] = [await person(), newAddress()];
      for (let n = 0; n < FAILURES.pair.points; n++)
        expect(await kindOf(signIn(email, { address, password: "a wrong password" }))).toBe("mismatch");
      expect(await kindOf(signIn(email, { address, password: "a wrong password" }))).toBe("check");
      expect(await kindOf(signIn(email, { address }))).toBe("check");
    });

    test("a hundred guesses at once are a hundred", async () => {
      const [email, address] = [await person(), newAddress()];
      const kinds = await Promise.all(
        Array.from({ length: 30 }, () => kindOf(signIn(email, { address, password: "a wrong password" }))),
      );
      expect(kinds.filter((kind) => kind === "mismatch")).toHaveLength(FAILURES.pair.points);
    });

    test.each(["fan", "operator"] as const)(
      "nobody locks the mailbox of a %s out: a known device passes as ever, a new one after a check",
      async (role) => {
        const email = await person(role);
        const first = await signIn(email);
        const deviceCookie = first.kind === "in" ? first.deviceCookie : null;
        for (let n = 0; n < FAILURES.mailbox.points; n++)
          await signIn(email, { password: "a wrong password" });
        expect(await kindOf(signIn(email, { password: "a wrong password" }))).toBe("check");
        expect(await kindOf(signIn(email, { deviceCookie }))).toBe("in");
        expect(await kindOf(signIn(email))).toBe("check");
        expect(await kindOf(signIn(email, { answer: await solve(email) }))).toBe("in");
      },
    );

    test("also at the address from which the stranger tries", async () => {
      const [email, address] = [await person(), newAddress()];
      for (let n = 0; n < 2 * FAILURES.pair.points; n++)
        await signIn(email, { address, password: "a wrong password" });
      expect(await kindOf(signIn(email, { address, answer: await solve(email) }))).toBe("in");
    });

    test("a check is good once, for the address that it was made for, and opens nothing without the password", async () => {
      const [email, other, address] = [await person(), await person(), newAddress()];
      for (let n = 0; n <= FAILURES.pair.points; n++)
        await signIn(email, { address, password: "a wrong password" });
      const answer = await solve(email);
      expect(await kindOf(signIn(email, { address, answer: await solve(other) }))).toBe("check");
      expect(await kindOf(signIn(email, { address, answer, password: "a wrong password" }))).toBe("mismatch");
      expect(await kindOf(signIn(email, { address, answer }))).toBe("check");
    });

    test("an unknown address meets the same steps as a known one", async () => {
      const address = newAddress();
      const nobody = `${randomUUID()}@fans.example`;
      const kinds: string[] = [];
      for (let n = 0; n <= FAILURES.pair.points; n++)
        kinds.push(await kindOf(signIn(nobody, { address, password: "a wrong password" })));
      expect(kinds).toEqual([...Array.from({ length: FAILURES.pair.points }, () => "mismatch"), "check"]);
      expect(await kindOf(signIn(nobody, { address, answer: await solve(nobody) }))).toBe("mismatch");
    });

    test("a disabled account is a password that does not match", async () => {
      const email = await person();
      await app().container.database.sql`update account set disabled_at = now() where email = ${email}`;
      expect(await kindOf(signIn(email))).toBe("mismatch");
    });
  },
  { LIMITS_SCALE: "1" },
);
