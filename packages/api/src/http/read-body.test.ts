import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { makeBodyReader } from "./read-body.ts";

const KIB = 1024;

test("peers that stop in the middle of a body hold a bounded part of the memory, and others are read as ever", async () => {
  const readBody = makeBodyReader({ heldBytesMax: 512 * KIB });
  const kinds: string[] = [];
  let open = 0;
  const server = createServer((req, res) => {
    open += 1;
    req.once("close", () => (open -= 1));
    void readBody(req, 128 * KIB).then(({ kind }) => {
      kinds.push(kind);
      res.end(kind);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address has a port
  const sockets: Socket[] = [];
  const closed: Promise<void>[] = [];
  for (let n = 0; n < 20; n += 1) {
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    closed.push(new Promise((resolve) => socket.on("close", () => resolve())));
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${128 * KIB}\r\n\r\n`);
    socket.write(Buffer.alloc(64 * KIB, "a"));
    sockets.push(socket);
  }
  // Eight fit in; whoever came first of the others is cut off.
  let over = 0;
  await new Promise<void>((resolve) => {
    for (const one of closed) void one.then(() => ++over === 12 && resolve());
  });
  expect(kinds).toEqual(Array.from({ length: 12 }, () => "gone"));
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "a".repeat(60 * KIB) });
  expect(await answer.text()).toBe("read");
  expect(open).toBeLessThanOrEqual(9);

  for (const socket of sockets) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
