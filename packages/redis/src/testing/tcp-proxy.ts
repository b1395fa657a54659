import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type TcpProxy = {
  readonly port: number;
  /** The next bytes from the server are thrown away and the connection is reset: done there, unknown here. */
  dropNextReply: () => void;
  /** Bytes from the server wait from now on; the connection stays open. */
  stall: () => void;
  /** Nothing is read and nothing is passed on, in either direction, as if the server's machine stood still. */
  freeze: () => void;
  /** What was sent meanwhile goes on its way. */
  thaw: () => void;
  /** Every connection is reset; new ones are let in. */
  cut: () => void;
  close: () => Promise<void>;
};

/** A proxy before a real server, for the faults that a healthy loopback never shows. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  let dropping = false;
  let stalled = false;
  let frozen = false;
  const sockets = new Set<Socket>();
  const reset = (...pair: Socket[]) => pair.forEach((socket) => socket.destroy());

  const server = createServer((client) => {
    const upstream = connect(target);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => reset(client, upstream));
      socket.on("close", () => {
        sockets.delete(socket);
        reset(client, upstream);
      });
      if (frozen) socket.pause();
    }
    client.on("data", (bytes) => upstream.write(bytes));
    upstream.on("data", (bytes) => {
      if (dropping) {
        dropping = false;
        reset(client, upstream);
      } else if (!stalled) client.write(bytes);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    // Safe because a server that listens on TCP has an address of this form.
    port: (server.address() as AddressInfo).port,
    dropNextReply: () => {
      dropping = true;
    },
    stall: () => {
      stalled = true;
    },
    freeze: () => {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
    cut: () => reset(...sockets),
    async close() {
      reset(...sockets);
      server.close();
      await once(server, "close");
    },
  };
}
