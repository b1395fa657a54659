import type { Server } from "node:http";
import { Server as Listener } from "node:net";
import type { Config } from "../config.ts";

/**
 * Listens where the settings say, or on a socket that whoever started this process holds already and sends along, so that
 * nobody else can take the port in between.
 */
export function listen(
  server: Server,
  { port, host, handedSocket }: Pick<Config, "port" | "host" | "handedSocket">,
  onListening: () => void,
): void {
  server.once("listening", onListening);
  if (!handedSocket) {
    server.listen(port, host);
    return;
  }
  process.once("message", (_message, socket) => {
    if (!(socket instanceof Listener)) throw new Error("HANDED_SOCKET is set and no socket was sent");
    server.listen(socket);
    // Whoever started this process may end before it. Not now: Node still looks into the channel after this call.
    setImmediate(() => process.disconnect());
  });
}
