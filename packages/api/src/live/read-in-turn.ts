import type { EventId } from "@onsale/core/shared/ids";
import type { InventoryFeed } from "./inventory-feed.ts";
import { foldMessages, type StockMessage } from "./stock-messages.ts";

/** A reader that is this many messages behind (five seconds) starts over from a snapshot instead of holding memory here. */
const BEHIND_MAX = 50;

export type Reading = {
  readonly eventId: EventId;
  /** The id of the caller's snapshot or last message; null when it has none. */
  readonly since: string | null;
  readonly signal: AbortSignal | undefined;
};

/** An event's messages at the reader's own speed, what came meanwhile as one, until the signal. Throws inventory.rebuilding. */
export async function* readInTurn(
  feed: Pick<InventoryFeed, "messages" | "idOf">,
  { eventId, since, signal }: Reading,
): AsyncGenerator<StockMessage, void> {
  let inbox: StockMessage[] = [];
  let isBehind = false;
  const failures: Error[] = [];
  let wake: () => void = () => undefined;
  const onAbort = () => wake();
  const stop = await feed.messages(eventId, (message) => {
    if (message instanceof Error) failures.push(message);
    else if (inbox.length >= BEHIND_MAX) isBehind = true;
    else inbox.push(message);
    wake();
  });
  signal?.addEventListener("abort", onAbort);
  const reset = async (): Promise<StockMessage> => {
    inbox = [];
    isBehind = false;
    return { id: await feed.idOf(eventId), data: { kind: "reset" } };
  };
  try {
    // What happened between the caller's snapshot and now is not kept per reader: a short gap costs one snapshot.
    if (since !== null && since !== (await feed.idOf(eventId))) yield await reset();
    while (!signal?.aborted) {
      const [failure] = failures;
      if (failure) throw failure;
      if (isBehind) yield await reset();
      const [message, ...more] = inbox;
      inbox = [];
      if (message) yield more.length > 0 ? foldMessages([message, ...more]) : message;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    stop();
  }
}
