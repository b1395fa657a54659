import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { batchedCalls } from "./batched-calls.ts";

/** A server that answers when it is told to. */
function slowServer() {
  const batches: { requests: readonly number[]; answer: () => void; fail: () => void }[] = [];
  const run = (requests: readonly number[]) =>
    new Promise<string[]>((resolve, reject) => {
      batches.push({
        requests,
        answer: () => resolve(requests.map((request) => `answer ${request}`)),
        fail: () => reject(new Error("gone")),
      });
    });
  return { batches, run };
}

it("sends the calls of one moment together and gives each its own answer", async () => {
  const { batches, run } = slowServer();
  const call = batchedCalls(run, { batchMax: 10, flightsMax: 1 });
  const answers = Promise.all([1, 2, 3].map(call));
  await turn();
  expect(batches.map((batch) => batch.requests)).toEqual([[1, 2, 3]]);
  batches[0]?.answer();
  expect(await answers).toEqual(["answer 1", "answer 2", "answer 3"]);
});

it("fills the next batch while one is on its way, and splits what is too large", async () => {
  const { batches, run } = slowServer();
  const call = batchedCalls(run, { batchMax: 2, flightsMax: 1 });
  const first = call(1);
  await turn();
  const later = [2, 3, 4].map(call);
  await turn();
  expect(batches).toHaveLength(1);
  for (let sent = 0; sent < 3; sent += 1) {
    batches[sent]?.answer();
    await turn();
  }
  expect(batches.map((batch) => batch.requests)).toEqual([[1], [2, 3], [4]]);
  expect(await Promise.all([first, ...later])).toEqual(["answer 1", "answer 2", "answer 3", "answer 4"]);
});

it("has as many batches on their way as it may", async () => {
  const { batches, run } = slowServer();
  const call = batchedCalls(run, { batchMax: 1, flightsMax: 2 });
  const answers = Promise.all([1, 2, 3].map(call));
  await turn();
  expect(batches).toHaveLength(2);
  batches[1]?.answer();
  await turn();
  expect(batches.map((batch) => batch.requests)).toEqual([[1], [2], [3]]);
  for (const batch of batches) batch.answer();
  expect(await answers).toHaveLength(3);
});

it("fails the calls of a batch that failed and no others", async () => {
  const { batches, run } = slowServer();
  const call = batchedCalls(run, { batchMax: 2, flightsMax: 1 });
  const outcomes = Promise.allSettled([1, 2, 3].map(call));
  await turn();
  batches[0]?.fail();
  await turn();
  batches[1]?.answer();
  expect((await outcomes).map((outcome) => outcome.status)).toEqual(["rejected", "rejected", "fulfilled"]);
});
