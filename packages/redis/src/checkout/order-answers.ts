import { randomUUID } from "node:crypto";
import { OrderAnswer } from "@onsale/core/checkout/order-answer";
import type { AwaitedAnswer } from "@onsale/core/checkout/order-queue";
import type { ReplyTo } from "@onsale/core/order/order-draft";
import { z } from "zod";
import type { RedisClients } from "../client.ts";
import type { Keyspace } from "../shard.ts";
import { orUnavailable } from "../store-errors.ts";

const Answers = z.array(z.tuple([z.string(), OrderAnswer]));

type Waiter = (answer: OrderAnswer) => void;

/**
 * Orders are answered over one channel per process. Pub/sub keeps nothing for a listener that is away, so an answer may
 * be lost; then the wait ends with null and the caller asks Postgres.
 */
export function makeOrderAnswers(clients: RedisClients, space: Keyspace) {
  const channel = `${space.prefix}answers:${randomUUID()}`;
  const waiters = new Map<string, Set<Waiter>>();
  let made = 0;

  const subscriber = clients.openSubscriber();
  // On every connection anew; a subscription that fails ends with the connection, whose successor tries again.
  subscriber.on("ready", () => void subscriber.subscribe(channel).catch(() => subscriber.disconnect(true)));
  subscriber.on("message", (_channel: string, message: string) => {
    for (const [name, answer] of Answers.parse(JSON.parse(message)))
      for (const waiter of waiters.get(name) ?? []) waiter(answer);
  });

  function wait(name: string, timeoutMs: number): Promise<OrderAnswer | null> {
    return new Promise((resolve) => {
      const waiting = waiters.get(name) ?? new Set<Waiter>();
      const end = (answer: OrderAnswer | null) => {
        clearTimeout(timer);
        waiting.delete(end);
        if (waiting.size === 0) waiters.delete(name);
        resolve(answer);
      };
      const timer = setTimeout(() => end(null), timeoutMs);
      waiters.set(name, waiting.add(end));
    });
  }

  return {
    async send(answers: readonly { replyTo: ReplyTo; answer: OrderAnswer }[]): Promise<void> {
      const byProcess = Map.groupBy(answers, ({ replyTo }) => replyTo.channel);
      const sent = [...byProcess].map(([to, all]) =>
        clients.commands.publish(
          to,
          JSON.stringify(all.map(({ replyTo, answer }) => [replyTo.name, answer])),
        ),
      );
      await orUnavailable(Promise.all(sent));
    },
    await(name: string | null, timeoutMs: number): AwaitedAnswer {
      const replyTo = { channel, name: name ?? `ask ${(made += 1)}` };
      return { replyTo, answer: wait(replyTo.name, timeoutMs) };
    },
    close(): void {
      subscriber.disconnect();
    },
  };
}
