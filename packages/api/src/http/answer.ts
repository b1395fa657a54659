import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { announcedBytes } from "./read-body.ts";

/** How long a peer that still sends gets to see why it may stop. */
const LINGER_MS = 500;

export type Answer = {
  readonly status: number;
  readonly body: string;
  readonly headers?: OutgoingHttpHeaders;
};

/**
 * A short answer, plain text unless the headers say otherwise. One that is given before the request's body has ended
 * ends the connection: what still comes is thrown away for a moment (closing at once would reset the connection, and
 * the answer would be lost with it), then the request is destroyed.
 */
export function answer(
  req: IncomingMessage,
  res: ServerResponse,
  { status, body, headers = {} }: Answer,
): void {
  const bytes = Buffer.from(body);
  const isUnread = announcedBytes(req) !== 0 && !req.readableEnded;
  res.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "content-length": bytes.length,
    ...(isUnread ? { connection: "close" } : {}),
    ...headers,
  });
  if (!isUnread) return void res.end(bytes);
  res.write(bytes);
  const leave = () => {
    clearTimeout(timer);
    res.end(() => req.destroy());
  };
  const timer = setTimeout(leave, LINGER_MS);
  req
    .once("end", leave)
    .once("close", leave)
    .on("error", () => undefined)
    .resume();
}
