import { expect, test } from "vitest";
import { type EndTurn, makeFairQueue } from "./fair-queue.ts";

/** Asks for a turn and notes under its name when it comes; the turn is ended by the test. */
function crowd(max: { running: number; waiting: number }) {
  const queue = makeFairQueue(max);
  const order: string[] = [];
  const open: EndTurn[] = [];
  const answers = new Map<string, EndTurn | "full" | "gone">();
  return {
    order,
    answers,
    ask: (lane: string, name: string, left?: AbortSignal) =>
      queue.enter(lane, left).then((answer) => {
        answers.set(name, answer);
        if (typeof answer === "string") return;
        order.push(name);
        open.push(answer);
      }),
    /** Ends the oldest open turn and lets what follows from it happen. */
    end: async () => {
      open.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
    },
    open,
  };
}

test("an address that asks 2,000 times makes another wait for one turn, and gets all of its own", async () => {
  const { ask, order, end } = crowd({ running: 1, waiting: 4_000 });
  const flood = Array.from({ length: 2_000 }, (_, n) => ask("flood", `flood ${n}`));
  const fan = ask("fan", "fan");
  await flood[0];
  await end();
  await end();
  await fan;
  expect(order).toEqual(["flood 0", "flood 1", "fan"]);
  while (order.length < 2_001) await end();
  await Promise.all(flood);
  expect(order.filter((name) => name.startsWith("flood"))).toEqual(
    Array.from({ length: 2_000 }, (_, n) => `flood ${n}`),
  );
});

test("lanes take turns, however many wait in each", async () => {
  const { ask, order, end } = crowd({ running: 1, waiting: 100 });
  const all = ["a 0", "a 1", "a 2", "b 0", "b 1", "c 0"].map((name) => ask(name.charAt(0), name));
  for (let n = 0; n < all.length; n++) await end();
  await Promise.all(all);
  expect(order).toEqual(["a 0", "a 1", "b 0", "c 0", "a 2", "b 1"]);
});

test("no more run at once than may, and a turn that is ended twice makes room for one", async () => {
  const { ask, order, open } = crowd({ running: 2, waiting: 100 });
  for (const name of ["a", "b", "c", "d"]) void ask(name, name);
  await Promise.resolve();
  expect(order).toEqual(["a", "b"]);
  const [first] = open;
  first?.();
  first?.();
  await Promise.resolve();
  expect(order).toEqual(["a", "b", "c"]);
});

test("a full queue refuses the longest lane, and takes in whoever comes alone", async () => {
  const { ask, answers, order, end } = crowd({ running: 1, waiting: 3 });
  void ask("flood", "flood 0");
  const waiting = [1, 2, 3].map((n) => ask("flood", `flood ${n}`));
  await ask("flood", "flood 4");
  expect(answers.get("flood 4")).toBe("full");
  const fan = ask("fan", "fan");
  await waiting[2];
  expect(answers.get("flood 3")).toBe("full");
  await end();
  await end();
  await fan;
  expect(order).toEqual(["flood 0", "flood 1", "fan"]);
});

test("who leaves while waiting costs no turn and makes room", async () => {
  const { ask, answers, order, end } = crowd({ running: 1, waiting: 1 });
  await ask("a", "a");
  const gone = new AbortController();
  const left = ask("b", "b", gone.signal);
  gone.abort();
  await left;
  expect(answers.get("b")).toBe("gone");
  const next = ask("c", "c");
  await end();
  await next;
  expect(order).toEqual(["a", "c"]);
  await ask("d", "d", AbortSignal.abort());
  expect(answers.get("d")).toBe("gone");
});
