import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeFrontDoor, PAGE_BODY_BYTES_MAX } from "./front-door.ts";

const SITE = "https://tickets.example";
const MIB = 1024 * 1024;

describe("before a page is made", () => {
  let port = 0;
  /** What the pages saw of each request. */
  const pages: { url: string; body: string; length: string | undefined }[] = [];
  const door = makeFrontDoor({ publicUrl: SITE });
  const server = createServer((req, res) => {
    if (door.turnsAway(req, res)) return;
    void door.admit(req, res).then(async (admitted) => {
      if (!admitted) return;
      pages.push({
        url: admitted.url ?? "",
        body: await textOf(admitted),
        length: admitted.headers["content-length"],
      });
      res.end("a page");
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port; // a TCP server's address has a port
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => void pages.splice(0));

  /** Writes a request as it is and goes on with `more`, as fast as the other side reads, until the connection is over. */
  function say(head: string, more: { piece: Buffer; bytes: number } | null = null) {
    return new Promise<{ status: number; text: string }>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      let [text, sent] = ["", 0];
      const pour = () => {
        if (!more || !socket.writable || sent >= more.bytes) return;
        sent += more.piece.length;
        socket.write(more.piece, pour);
      };
      socket
        .on("data", (chunk: Buffer) => (text += chunk.toString("utf8")))
        .on("error", () => undefined)
        .on("close", () => resolve({ status: Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1]), text }));
      socket.write(head, pour);
    });
  }
  const post = (path: string, framing: string) =>
    `POST ${path} HTTP/1.1\r\nhost: x\r\norigin: ${SITE}\r\nconnection: close\r\n${framing}\r\n\r\n`;
  const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(65_536, "x"), Buffer.from("\r\n")]);
  const PATHS = ["/api/auth/callback/credentials", "/sign-in", "/", "/events/night"];

  test.each(PATHS)(
    "250 MB to %s, announced, are 413 at once, and the connection ends though the peer goes on",
    async (path) => {
      const { status, text } = await say(post(path, `content-length: ${250 * MIB}`), {
        piece: Buffer.alloc(65_536),
        bytes: Infinity,
      });
      expect(status).toBe(413);
      expect(text.toLowerCase()).toContain("connection: close");
      expect(pages).toEqual([]);
    },
  );

  test.each(PATHS)(
    "a body without end to %s is 413 as soon as it is too large, and the connection ends",
    async (path) => {
      const { status } = await say(post(path, "transfer-encoding: chunked"), {
        piece: chunk,
        bytes: Infinity,
      });
      expect(status).toBe(413);
      expect(pages).toEqual([]);
    },
  );

  test("a megabyte to a server action is 413, and its connection is over at once", async () => {
    const head = post(
      "/sign-in",
      `next-action: 4c1f\r\ncontent-type: text/plain;charset=UTF-8\r\ncontent-length: ${MIB}`,
    );
    const { status } = await say(head, { piece: Buffer.alloc(65_536, "x"), bytes: MIB });
    expect(status).toBe(413);
  });

  test("a GET with a body too large is 413 as well", async () => {
    const head = `GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${MIB}\r\n\r\n`;
    expect((await say(head, { piece: Buffer.alloc(65_536), bytes: MIB })).status).toBe(413);
  });

  test.each(["announced", "chunked"])(
    "what fits (%s) is there for the page, to the byte",
    async (framing) => {
      const body = Buffer.alloc(PAGE_BODY_BYTES_MAX, "y");
      const sent =
        framing === "announced"
          ? await say(post("/sign-in", `content-length: ${body.length}`), { piece: body, bytes: 1 })
          : await say(post("/sign-in", "transfer-encoding: chunked"), {
              piece: Buffer.concat([Buffer.from("10000\r\n"), body, Buffer.from("\r\n0\r\n\r\n")]),
              bytes: 1,
            });
      expect(sent.status).toBe(200);
      expect(pages).toEqual([{ url: "/sign-in", body: body.toString(), length: String(body.length) }]);
    },
  );

  test.each([
    "http://elsewhere.example/",
    "https://tickets.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "*",
  ])("%s is no path of this site, so nothing is looked for under it", async (target) => {
    const method = target === "*" ? "OPTIONS" : "GET";
    const { status } = await say(`${method} ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(status).toBe(400);
    expect(pages).toEqual([]);
  });

  test.each([
    "/x/../api/auth/signin",
    "/./sign-in",
    "/x/%2e%2E/api/auth/signin",
    "/..",
    "/x\\..\\y",
    "/events/.%2e",
  ])("%s is refused: a path has one spelling for every rule that looks at it", async (path) => {
    const target = `${path}?callbackUrl=//evil.example`;
    expect((await say(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).status).toBe(400);
    expect(pages).toEqual([]);
  });

  test.each(["/events/%", "/events/%ff", "/%E0%A4%A", "/sign-in/%ud800"])(
    "%s stands for no text and is the asker's fault, not a page that failed",
    async (path) => {
      expect((await say(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).status).toBe(400);
      expect(pages).toEqual([]);
    },
  );

  test("what only looks like that is a path like any other", async () => {
    const paths = [
      "/.well-known/security.txt",
      "/events/a..b",
      "/events/z%C3%BCrich",
      "/?q=%ff&next=/../x",
      "/x/...",
    ];
    for (const path of paths)
      expect((await say(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).status).toBe(200);
    expect(pages.map(({ url }) => url)).toEqual(paths);
  });

  test("another site can post nothing to a page, an action or the sign-in", async () => {
    for (const path of PATHS)
      for (const origin of ["https://evil.example", "null", "http://tickets.example", "https://x"]) {
        const head = post(path, "content-length: 3").replace(`origin: ${SITE}`, `origin: ${origin}`);
        expect((await say(`${head}a=b`)).status).toBe(403);
      }
    expect(pages).toEqual([]);
  });

  test("a way back that is no page of this site is refused before the sign-in sees it", async () => {
    const body = "callbackUrl=javascript%3Aalert(1)";
    expect((await say(`${post("/api/auth/signout", `content-length: ${body.length}`)}${body}`)).status).toBe(
      400,
    );
    const get =
      "GET /api/auth/signin?callbackUrl=//evil.example HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    expect((await say(get)).status).toBe(400);
    expect(pages).toEqual([]);
  });
});

async function textOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
