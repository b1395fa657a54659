import { connect } from "node:net";
import type { Account } from "@onsale/core/actor/account";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp } from "../testing/test-app.ts";

const KIB = 1024;

describeApp("what a request may send", (app) => {
  let server: Awaited<ReturnType<typeof serveApp>>;
  beforeAll(async () => {
    server = await serveApp(app().container);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const post = async (call: string, body: string, account: Account | null = null) => {
    const cookie = account && (await app().container.sessions.issue(account));
    const headers = {
      "content-type": "application/json",
      origin: server.origin,
      ...(cookie ? { cookie } : {}),
    };
    const answer = await fetch(`${server.url}/api/trpc/${call}`, { method: "POST", headers, body });
    return { status: answer.status, text: await answer.text() };
  };
  const codeIn = (text: string) =>
    (JSON.parse(text) as { error?: { data: { app: { code: string } | null } } }).error?.data.app?.code;

  /**
   * Sends a POST piece by piece and never ends it, as fast as the other side reads. Resolves when the connection is
   * over, with what was answered.
   */
  async function pour({ call, framing }: { call: string; framing: "announced" | "chunked" }) {
    const { hostname, port, host } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    let text = "";
    let sent = 0;
    const over = new Promise<void>((resolve) => socket.on("close", () => resolve()));
    socket.on("error", () => undefined).on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
    const announced =
      framing === "announced" ? `content-length: ${23 * KIB * KIB}` : "transfer-encoding: chunked";
    socket.write(
      `POST /api/trpc/${call} HTTP/1.1\r\nhost: ${host}\r\norigin: ${server.origin}\r\ncontent-type: application/json\r\n${announced}\r\n\r\n`,
    );
    const piece = Buffer.alloc(64 * KIB, " ");
    const framed =
      framing === "announced" ? piece : Buffer.concat([Buffer.from("10000\r\n"), piece, Buffer.from("\r\n")]);
    const more = () => {
      if (socket.destroyed || sent >= 22 * KIB * KIB) return;
      sent += piece.length;
      socket.write(framed, more);
    };
    more();
    await over;
    return { status: Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1]), text };
  }

  test.each(["announced", "chunked"] as const)(
    "a body over 128 KiB (%s) is 413 in the words of tRPC at once, and the connection ends with it",
    async (framing) => {
      const { status, text } = await pour({ call: "account.signUp", framing });
      expect(status).toBe(413);
      expect(text.toLowerCase()).toContain("connection: close");
      const body = text.slice(text.indexOf("\r\n\r\n") + 4);
      expect(JSON.parse(body)).toMatchObject({
        error: {
          data: {
            code: "PAYLOAD_TOO_LARGE",
            app: { code: "input.too_large", details: { bytesMax: 128 * KIB } },
          },
        },
      });
    },
  );

  test("128 KiB to the byte are read, one more is not, alone or in a batch", async () => {
    const blank = (bytes: number) => " ".repeat(bytes - 2);
    expect((await post("access.redeem", `{}${blank(128 * KIB)}`)).status).toBe(401);
    expect((await post("access.redeem", `{}${blank(128 * KIB + 1)}`)).status).toBe(413);
    expect((await post("access.redeem,access.redeem?batch=1", `{}${blank(128 * KIB + 1)}`)).status).toBe(413);
  });

  test("what an input has wrong is told in about a kilobyte, with the place and rule of the first fault", async () => {
    const fields = Array.from({ length: 9_000 }, (_, n) => `"k${n}":0`).join(",");
    const { status, text } = await post("account.signUp", `{"email":7,${fields}}`);
    expect(status).toBe(400);
    expect(text.length).toBeLessThan(2_000);
    const { error } = JSON.parse(text) as { error: { message: string } };
    expect(JSON.parse(error.message)).toMatchObject([{ code: "invalid_type", path: ["email"] }, {}, {}]);
  });

  test("a large file is read from who works for an organization alone", async () => {
    const file = JSON.stringify({
      organizationId: app().organization,
      text: "x".repeat(1_000_000),
      dryRun: true,
    });
    const { status, text } = await post("admin.layouts.import", file, await app().member());
    expect(status).toBe(200);
    expect(text).toContain('"ok":false');
    const fan = await post("admin.layouts.import", file, await app().account());
    expect([fan.status, codeIn(fan.text)]).toEqual([403, "account.not_allowed"]);
    const nobody = await post("admin.layouts.import", file);
    expect([nobody.status, codeIn(nobody.text)]).toEqual([401, "account.sign_in_required"]);
    const batch = await post("admin.layouts.import,account.me?batch=1", file, await app().member());
    expect(batch.status).toBe(413);
  });

  test.each([
    ["admin.layouts.import", "[".repeat(1_000_000)],
    ["admin.access.addEmails", `{"emails":[${"[],".repeat(250_000)}[]]}`],
    ["admin.events.publishPrices", `{"a":`.repeat(100_000)],
  ])(
    "%s: a body of nothing but brackets is refused by count, before anything is made of it",
    async (call, body) => {
      const { status, text } = await post(call, body, await app().member());
      expect([status, codeIn(text)]).toEqual([413, "input.too_large"]);
    },
  );

  test.each(["announced", "chunked"] as const)(
    "a stranger's large file (%s) is refused before it is read",
    async (framing) => {
      const { status, text } = await pour({ call: "admin.layouts.import", framing });
      expect(status).toBe(401);
      expect(text.toLowerCase()).toContain("connection: close");
    },
  );

  test("a list of fifty thousand addresses is taken from an organizer", async () => {
    const organizer = await app().member();
    const eventId = await app().openEvent();
    const emails = Array.from({ length: 50_000 }, (_, n) => `fan${n}@fans.example`);
    const { status, text } = await post(
      "admin.access.addEmails",
      JSON.stringify({ eventId, windowKey: "fans", emails }),
      organizer,
    );
    // The event has no presale, and that is what is wrong with the call: its body was read.
    expect(status).not.toBe(413);
    expect(codeIn(text)).toBe("input.invalid");
  });

  /** One request, then the peer listens until the other side is done. */
  function say(request: string): Promise<string> {
    const { hostname, port, host } = new URL(server.url);
    return new Promise((resolve) => {
      const socket = connect(Number(port), hostname);
      let text = "";
      socket
        .on("data", (chunk: Buffer) => (text += chunk.toString("utf8")))
        .on("error", () => undefined)
        .on("close", () => resolve(text));
      socket.write(request.replace("HOST", host));
    });
  }

  test.each(["TRACE", "PUT", "DELETE", "OPTIONS", "PROPFIND"])(
    "%s is no method of the API",
    async (method) => {
      const text = await say(
        `${method} /api/trpc/account.me HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n`,
      );
      expect(text).toMatch(/^HTTP\/1.1 405 /);
      expect(text).toMatch(/^allow: GET, HEAD, POST\r$/im);
    },
  );

  test("an answer that came before the body's end ends the connection, on every path", async () => {
    const begun = (path: string) =>
      say(
        `POST ${path} HTTP/1.1\r\nhost: HOST\r\ncontent-type: text/plain\r\ncontent-length: 5000\r\n\r\nonly the beginning`,
      );
    const paths = [
      "/api/trpc/hold.create",
      "/api/nothing",
      "/api/webhooks/nobody",
      `/api/events/x/stock`,
      "/healthz",
    ];
    const beganAtMs = performance.now();
    const answers = await Promise.all(paths.map(begun));
    // Node itself would wait for sixty-five seconds, here and in the storefront's server.
    expect(performance.now() - beganAtMs).toBeLessThan(50_000);
    expect(answers.map((text) => Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1]))).toEqual([
      403, 404, 404, 404, 200,
    ]);
  });

  test("a webhook whose sender leaves halfway is no error of ours", async () => {
    const { container } = app();
    const said: string[] = [];
    const note = (level: string) => (_: unknown, words?: string) => void said.push(`${level} ${words ?? ""}`);
    const log = Object.assign(Object.create(container.log) as typeof container.log, {
      error: note("error"),
      warn: note("warn"),
      debug: (words: string) => void said.push(`debug ${words}`),
    });
    await using other = await serveApp({ ...container, log });
    const { hostname, port, host } = new URL(other.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/webhooks/sandbox HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 500\r\n\r\nonly the beginning`,
      () => setImmediate(() => socket.destroy()),
    );
    await expect.poll(() => said, { timeout: 5_000 }).toHaveLength(1);
    expect(said[0]).toMatch(/^debug /);
  });
});
