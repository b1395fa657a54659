import { randomUUID } from "node:crypto";
import { CommitOutcome } from "@onsale/core/order/order-draft";
import { z } from "zod";
import type { RedisClients } from "../client.ts";
import type { Keyspace } from "../shard.ts";
import { orUnavailable } from "../store-errors.ts";

/** Answers nobody has asked for yet; the oldest go first. Far more than one process has checkouts in flight. */
const EARLY_MAX = 10_000;

const Outcomes = z.array(CommitOutcome);

type Waiter = (outcome: CommitOutcome) => void;

/**
 * Orders are answered over one channel per process. Pub/sub keeps nothing for a listener that is away, so an answer may
 * be lost; then the wait ends with null and the caller asks Postgres. One that comes before anybody waits is kept.
 */
export function makeOrderAnswers(clients: RedisClients, space: Keyspace) {
  const replyTo = `${space.prefix}answers:${randomUUID()}`;
  const waiters = new Map<string, Set<Waiter>>();
  const early = new Map<string, CommitOutcome>();

  const subscriber = clients.openSubscriber();
  // On every connection anew; a subscription that fails ends with the connection, whose successor tries again.
  subscriber.on("ready", () => void subscriber.subscribe(replyTo).catch(() => subscriber.disconnect(true)));
  subscriber.on("message", (_channel: string, message: string) => {
    for (const outcome of Outcomes.parse(JSON.parse(message))) settle(outcome);
  });

  function settle(outcome: CommitOutcome): void {
    const waiting = waiters.get(outcome.orderId);
    if (waiting) {
      for (const waiter of waiting) waiter(outcome);
      return;
    }
    early.set(outcome.orderId, outcome);
    const oldest = early.keys().next();
    if (early.size > EARLY_MAX && oldest.done !== true) early.delete(oldest.value);
  }

  return {
    replyTo,
    async send(outcomes: readonly { replyTo: string; outcome: CommitOutcome }[]): Promise<void> {
      const byProcess = Map.groupBy(outcomes, (answer) => answer.replyTo);
      const sent = [...byProcess].map(([channel, answers]) =>
        clients.commands.publish(channel, JSON.stringify(answers.map((answer) => answer.outcome))),
      );
      await orUnavailable(Promise.all(sent));
    },
    wait(orderId: string, timeoutMs: number): Promise<CommitOutcome | null> {
      const known = early.get(orderId);
      if (known) {
        early.delete(orderId);
        return Promise.resolve(known);
      }
      return new Promise((resolve) => {
        const end = (outcome: CommitOutcome | null) => {
          clearTimeout(timer);
          waiting.delete(end);
          if (waiting.size === 0) waiters.delete(orderId);
          resolve(outcome);
        };
        const timer = setTimeout(() => end(null), timeoutMs);
        const waiting = waiters.get(orderId) ?? new Set<Waiter>();
        waiters.set(orderId, waiting.add(end));
      });
    },
    close(): void {
      subscriber.disconnect();
    },
  };
}
