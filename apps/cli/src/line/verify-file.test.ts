import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { readDraw } from "./verify-file.ts";

async function served(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/draw.json`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

test("a draw is read from an address as it stands there", async () => {
  await using server = await served((_, response) => response.end('{"version":1,"entries":["ä"]}'));
  expect(await readDraw(server)).toEqual({ version: 1, entries: ["ä"] });
});

test("a page that is not there, a server that fails and one that is away are told apart", async () => {
  await using missing = await served((_, response) => response.writeHead(404).end());
  await expect(readDraw(missing)).rejects.toMatchObject({ code: "draw.not_published" });
  await using failing = await served((_, response) => response.writeHead(500).end());
  await expect(readDraw(failing)).rejects.toMatchObject({ why: "url_unreachable", facts: { status: 500 } });
  const gone = await served(() => undefined);
  await gone[Symbol.asyncDispose]();
  await expect(readDraw(gone)).rejects.toMatchObject({ code: "service.unavailable" });
});

test("what is no draw is refused as one, and what is no web address as input", async () => {
  await using page = await served((_, response) => response.end("<html>"));
  await expect(readDraw(page)).rejects.toMatchObject({
    code: "draw.refused",
    details: { why: "not_a_draw" },
  });
  for (const url of ["draw.json", "file:///etc/passwd", "ftp://onsale.example/draw.json"])
    await expect(readDraw({ url })).rejects.toMatchObject({ code: "input.invalid" });
});

test("an answer without end is cut off", async () => {
  await using endless = await served((_, response) => {
    const chunk = Buffer.alloc(4 * 1024 * 1024, " ");
    const more = (): void => void response.write(chunk, (error) => (error ? undefined : more()));
    more();
  });
  await expect(readDraw(endless)).rejects.toThrow("url_too_large");
}, 30_000);
