import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type ApiParts, makeApiHandler } from "../http/api-handler.ts";

export type Door = {
  readonly url: string;
  /** From now on this app answers here. */
  leadTo: (parts: ApiParts) => void;
} & AsyncDisposable;

/**
 * A server on a free port of the loopback, also before there is an app behind it: banks are told the address of the app
 * when it is opened, and a port that was only chosen may be somebody else's by then.
 */
export async function openDoor(): Promise<Door> {
  let answer: ReturnType<typeof makeApiHandler> = () => false;
  const server = createServer((req, res) => {
    if (!answer(req, res)) res.writeHead(404).end("a page");
  });
  // As the storefront's server does: what ends a connection here ends it there.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address has a port
  return {
    url: `http://127.0.0.1:${port}`,
    leadTo(parts) {
      answer = makeApiHandler(parts);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The API of a container on a free port of the loopback, as the storefront's server answers it, for as long as it is held. */
export async function serveApp(parts: ApiParts): Promise<{ url: string; origin: string } & AsyncDisposable> {
  const door = await openDoor();
  door.leadTo(parts);
  return {
    url: door.url,
    /** What a browser on a page of this app says of itself. */
    origin: new URL(parts.config.publicUrl).origin,
    [Symbol.asyncDispose]: () => door[Symbol.asyncDispose](),
  };
}
