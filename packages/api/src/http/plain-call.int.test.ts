import { request } from "node:http";
import type { Account } from "@onsale/core/actor/account";
import { AppError } from "@onsale/core/shared/errors";
import type { EventId } from "@onsale/core/shared/ids";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp, key, seatItems } from "../testing/test-app.ts";
import { TRPC_CODE_BY_CATEGORY } from "../trpc.ts";
import { BODY_BYTES_MAX } from "./trpc-body.ts";

type Sent = {
  readonly method?: string;
  /** What follows /api/trpc/. */
  readonly call: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
};
type Answered = { status: number; headers: Record<string, unknown>; body: string; isPlain: boolean };

/** Each call once as the client sends it, and once with a header at which it is left to tRPC's own handler. */
const BY_TRPC = { "trpc-accept": "application/json" };
/** What looks like a program is asked for a challenge, and no two of them are alike. */
const BROWSER = { "user-agent": "Mozilla/5.0", "accept-language": "en", "sec-fetch-site": "same-origin" };
const UNKNOWN = "00000000-0000-4000-8000-000000000001";

describeApp("calls that are answered without tRPC's handler", (app) => {
  let server: Awaited<ReturnType<typeof serveApp>>;
  let fan: Account;
  let eventId: EventId;
  let signedIn: Record<string, string>;
  /** What goes wrong where: in the procedure, and before it. */
  const faults: { inside: unknown; before: unknown } = { inside: null, before: null };

  beforeAll(async () => {
    const { container } = app();
    const { sessions, services } = container;
    server = await serveApp({
      ...container,
      sessions: {
        ...sessions,
        read: (cookie) => (faults.before ? Promise.reject(faults.before) : sessions.read(cookie)),
      },
      services: {
        ...services,
        holds: {
          ...services.holds,
          release: (actor, input) =>
            faults.inside ? Promise.reject(faults.inside) : services.holds.release(actor, input),
        },
      },
    });
    [fan, eventId] = [await app().account(), await app().openEvent()];
    signedIn = { cookie: await container.sessions.issue(fan), origin: server.origin, ...BROWSER };
  });
  afterAll(() => server[Symbol.asyncDispose]());

  function send({ method = "GET", call, body, headers }: Sent): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const asked = request(`${server.url}/api/trpc/${call}`, { method, headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", reject);
        answer.on("end", () => {
          const {
            date: _date,
            connection: _connection,
            "content-length": length,
            "transfer-encoding": _framing,
            ...told
          } = answer.headers;
          const text = Buffer.concat(chunks).toString("latin1");
          resolve({
            status: answer.statusCode ?? 0,
            headers: told,
            // The two calls are milliseconds apart.
            body: text.replaceAll(/"nowMs":\d+/g, '"nowMs":0'),
            // tRPC sends its answers in pieces of unknown number.
            isPlain: length !== undefined,
          });
        });
      });
      asked.on("error", reject).end(body);
    });
  }

  const json = { "content-type": "application/json" };
  const post = (call: string, input: unknown, headers: Record<string, string> = signedIn): Sent => ({
    method: "POST",
    call,
    body: typeof input === "string" || Buffer.isBuffer(input) ? input : JSON.stringify(input),
    headers: { ...json, ...headers },
  });
  const get = (call: string, input?: unknown, headers: Record<string, string> = signedIn): Sent => ({
    call: input === undefined ? call : `${call}?input=${encodeURIComponent(JSON.stringify(input))}`,
    headers,
  });

  /** Both answers, which have to be one and the same. */
  async function alike(sent: Sent): Promise<Answered> {
    const ours = await send(sent);
    const theirs = await send({ ...sent, headers: { ...sent.headers, ...BY_TRPC } });
    expect(theirs.isPlain).toBe(false);
    expect({ ...ours, isPlain: null }).toEqual({ ...theirs, isPlain: null });
    return ours;
  }

  const PLAIN: readonly (readonly [string, () => Sent, number])[] = [
    ["a query without input", () => get("account.me"), 200],
    ["a query of a visitor", () => get("account.me", undefined, {}), 200],
    ["a query with an input", () => get("event.bySlug", { slug: eventId }), 200],
    [
      "a query that names JSON as its type",
      () => get("account.me", undefined, { ...signedIn, ...json }),
      200,
    ],
    ["an empty input in the query", () => ({ call: "account.me?input=", headers: signedIn }), 200],
    ["an empty query", () => ({ call: "account.me?", headers: signedIn }), 200],
    // A key that is not known is told by its name.
    ["an input with letters of everywhere", () => get("event.list", { "été + 100% 🎟": 1 }), 400],
    ["raw letters in the query", () => ({ call: 'event.list?input={"a+b":1}' }), 400],
    ["an input that is no JSON", () => ({ call: "event.bySlug?input=%7B" }), 400],
    ["an escape that is none", () => ({ call: "event.bySlug?input=%zz" }), 400],
    ["an input of another kind", () => get("event.bySlug", [7]), 400],
    ["an input that is null", () => get("event.bySlug", null), 400],
    ["a mutation", () => post("hold.create", holdOf(0, 1)), 200],
    ["a mutation sent again", () => post("hold.create", holdOf(0, 1)), 200],
    ["a mutation with a charset", () => post("hold.create", holdOf(0, 1), utf8()), 200],
    [
      "a body with a byte order mark",
      () => post("hold.create", `\uFEFF${JSON.stringify(holdOf(0, 1))}`),
      200,
    ],
    ["a body of bytes that are no text", () => post("hold.create", Buffer.from([0x22, 0xff, 0x22])), 400],
    ["a body that is no JSON", () => post("hold.create", '{"eventId":'), 400],
    ["an empty body", () => post("hold.create", ""), 400],
    ["a body that is null", () => post("hold.create", "null"), 400],
    ["a key that objects have", () => post("hold.create", '{"__proto__":{"eventId":1}}'), 400],
    ["many faults at once", () => post("hold.create", { eventId: 7, operationId: {}, items: [] }), 400],
    ["a mutation of nobody", () => post("hold.create", holdOf(0, 1), { origin: server.origin }), 401],
    ["a mutation from elsewhere", () => post("hold.create", holdOf(0, 1), { cookie: cookie() }), 403],
    ["staff's procedures for a fan", () => get("admin.risk.list", { limit: 5 }), 403],
  ];
  test.each(PLAIN)("%s is answered as tRPC answers it", async (_, sent, status) => {
    const answer = await alike(sent());
    expect(answer.status).toBe(status);
    expect(answer.isPlain).toBe(true);
  });

  const OTHER: readonly (readonly [string, () => Sent, number])[] = [
    ["an unknown procedure", () => get("account.nobody"), 404],
    ["a router", () => get("account"), 404],
    ["what every object has", () => get("constructor"), 404],
    ["no procedure", () => ({ call: "" }), 404],
    ["a path that goes on", () => get("account.me/"), 200],
    ["an escaped path", () => get("account%2Eme"), 200],
    ["a mutation by GET", () => get("hold.create", {}), 405],
    ["a query by POST", () => post("account.me", {}), 405],
    ["HEAD", () => ({ method: "HEAD", call: "account.me" }), 204],
    ["a batch of two", () => ({ call: "account.me,account.me?batch=1", headers: signedIn }), 200],
    ["a batch of one", () => ({ call: "account.me?batch=1", headers: signedIn }), 200],
    ["a batch of eleven", () => ({ call: `${"account.me,".repeat(10)}account.me?batch=1` }), 400],
    ["a batch by POST", () => post("hold.create,hold.create?batch=1", { 0: holdOf(0, 1), 1: 7 }), 207],
    ["two inputs", () => ({ call: "event.bySlug?input=%7B%7D&input=7" }), 400],
    ["a parameter of POST", () => post(`hold.release?input=7`, {}), 400],
    ["a type that only begins like JSON", () => post("hold.create", {}, { ...signedIn, ...patch() }), 415],
    ["a query that names a form as its type", () => get("account.me", undefined, form()), 405],
  ];
  test.each(OTHER)("%s is left to tRPC", async (_, sent, status) => {
    const answer = await alike(sent());
    expect(answer.status).toBe(status);
    expect(answer.isPlain).toBe(false);
  });

  test.each([
    ["an answer in pieces", { accept: "text/html, application/jsonl" }, "must be batched"],
    ["a host that is none", { host: "a b" }, "Invalid URL"],
  ])("%s is refused in the words of tRPC", async (_, headers, words) => {
    const answer = await send(get("account.me", undefined, headers));
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(words);
  });

  const utf8 = () => ({ ...signedIn, "content-type": "application/json; charset=utf-8" });
  const patch = () => ({ "content-type": "application/json-patch+json" });
  const form = () => ({ "content-type": "multipart/form-data; boundary=x" });
  const cookie = () => signedIn["cookie"] ?? "";
  const operationId = key();
  const holdOf = (...seatNos: number[]) => ({ eventId, operationId, items: seatItems(...seatNos) });

  const REFUSALS: readonly (readonly [keyof typeof TRPC_CODE_BY_CATEGORY, () => unknown])[] = [
    ["invalid", () => new AppError("hold.empty")],
    ["unauthenticated", () => new AppError("account.sign_in_required")],
    ["forbidden", () => new AppError("account.not_allowed")],
    ["not_found", () => new AppError("hold.not_found")],
    ["conflict", () => new AppError("hold.in_checkout")],
    ["expired", () => new AppError("hold.expired")],
    [
      "limited",
      () => new AppError("rate.limited", { retryAfterMs: 1_500, limit: 3, perSeconds: 9, key: "account" }),
    ],
    ["unavailable", () => new AppError("service.unavailable", { retryAfterMs: 2_000 })],
    ["internal", () => new Error("a secret that nobody outside may read")],
  ];

  describe.each(["inside", "before"] as const)("what goes wrong %s a procedure", (where) => {
    test.each(REFUSALS)("%s", async (category, faultOf) => {
      faults[where] = faultOf();
      try {
        const answer = await alike(post("hold.release", { eventId, holdId: UNKNOWN }));
        expect(answer.isPlain).toBe(true);
        const { error } = JSON.parse(answer.body) as { error: { data: { code: string } } };
        expect(error.data.code).toBe(TRPC_CODE_BY_CATEGORY[category]);
        expect(answer.body).not.toContain("secret");
        expect("retry-after" in answer.headers).toBe(category === "limited" || category === "unavailable");
      } finally {
        faults[where] = null;
      }
    });
  });

  test("every category of errors is among them, and no code of tRPC is unknown to it", () => {
    expect(REFUSALS.map(([category]) => category)).toEqual(Object.keys(TRPC_CODE_BY_CATEGORY));
    for (const code of Object.values(TRPC_CODE_BY_CATEGORY))
      expect(TRPC_ERROR_CODES_BY_KEY).toHaveProperty(code);
  });

  test("a body that is too large is refused before either of them", async () => {
    const answer = await send(post("hold.create", " ".repeat(BODY_BYTES_MAX + 1)));
    expect(answer.status).toBe(413);
    expect(answer.body).toContain("input.too_large");
  });

  test("what another site can send unasked is refused before either of them", async () => {
    const plainText = { ...signedIn, "content-type": "text/plain", origin: "https://evil.example" };
    expect((await send(post("hold.create", holdOf(2), plainText))).status).toBe(403);
  });
});
