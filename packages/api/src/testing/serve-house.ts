import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Container } from "../compose/container.ts";
import { makeApiHandler } from "../http/api-handler.ts";

/** The API of a container on a free port of the loopback, as the storefront's server answers it, for as long as it is held. */
export async function serveHouse(
  container: Container,
  { port: wanted = 0 }: { port?: number } = {},
): Promise<{ url: string; origin: string } & AsyncDisposable> {
  const answer = makeApiHandler(container);
  const server = createServer((req, res) => {
    if (!answer(req, res)) res.writeHead(404).end("a page");
  });
  // As the storefront's server does: what ends a connection here ends it there.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address has a port
  return {
    url: `http://127.0.0.1:${port}`,
    /** What a browser on a page of this house says of itself. */
    origin: new URL(container.config.publicUrl).origin,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
