/**
 * The fans, in a process of their own so that what they cost is told apart. Reads a crowd from a file and then does what
 * it is told over IPC, one load after the other.
 */
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "undici";
import type { Buyer, Crowd, Load, Outcome, ToGenerator } from "./crowd.ts";
import { type Ask, BUYERS } from "./buyers.ts";

/** More connections than this at once are a crowd that no server of one machine answers. */
const OPEN_CONNECTIONS_MAX = 1_024;

const crowd = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Crowd;
const buy = BUYERS[crowd.dialect](crowd);
const idle: Client[] = [];

function connection(): Client {
  return idle.pop() ?? new Client(crowd.url, { pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
}

const askOn =
  (client: Client): Ask =>
  async (path, { headers, body }) => {
    const answer = await client.request({ method: "POST", path, headers, body });
    return { status: answer.statusCode, text: await answer.body.text() };
  };

type Notes = { purchaseMs: number[]; holdMs: number[]; faults: Record<string, number>; askedAgain: number };

async function purchase(buyer: Buyer, { fromMs, notes }: { fromMs: number; notes: Notes }): Promise<void> {
  const client = connection();
  try {
    const bought = await buy(buyer, askOn(client));
    if (bought.kind === "paid") {
      notes.purchaseMs.push(performance.now() - fromMs);
      notes.holdMs.push(bought.heldAtMs - fromMs);
      if (bought.asked > 1) notes.askedAgain += 1;
    } else notes.faults[bought.why] = (notes.faults[bought.why] ?? 0) + 1;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    notes.faults[why] = (notes.faults[why] ?? 0) + 1;
  }
  idle.push(client);
}

async function run(load: Load, buyers: readonly Buyer[]): Promise<Outcome> {
  const notes: Notes = { purchaseMs: [], holdMs: [], faults: {}, askedAgain: 0 };
  const startedAtMs = performance.now();
  if (load.kind === "closed") {
    let next = 0;
    const asker = async () => {
      for (let buyer = buyers[next++]; buyer; buyer = buyers[next++])
        await purchase(buyer, { fromMs: performance.now(), notes });
    };
    await Promise.all(Array.from({ length: load.connections }, asker));
  } else {
    const running = new Set<Promise<void>>();
    for (const [n, buyer] of buyers.entries()) {
      // Whoever comes late because this process was busy has waited since their time.
      const fromMs = startedAtMs + (n * 1_000) / load.perSecond;
      const earlyMs = fromMs - performance.now();
      if (earlyMs > 0) await wait(earlyMs);
      if (running.size >= OPEN_CONNECTIONS_MAX) await Promise.race(running);
      const one: Promise<void> = purchase(buyer, { fromMs, notes }).finally(() => running.delete(one));
      running.add(one);
    }
    await Promise.all(running);
  }
  return { wallMs: performance.now() - startedAtMs, ...notes };
}

process.on("message", ({ load, first }: ToGenerator) => {
  void run(load, crowd.buyers.slice(first, first + load.count)).then((outcome) => process.send?.(outcome));
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
