/**
 * The reference: the shop a good engineer writes in a day. One Node process on node:http, prepared statements over one
 * pool, row locks to reserve, one transaction to pay: 12 statements a purchase, BEGIN and COMMIT among them.
 */
import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import postgres from "postgres";
import { makeBank } from "./bank.ts";
import { type Answer, checkout, hold, type SaleDeps } from "./sale.ts";
import { fanCookie } from "./fan-cookie.ts";

const env = process.env;
const key = env["SHOP_KEY"] ?? "";
const deps: SaleDeps = {
  sql: postgres(env["DATABASE_URL"] ?? "", { max: 16, onnotice: () => undefined }),
  bank: makeBank({ url: env["SANDBOX_URL"] ?? "", key: env["SANDBOX_KEY"] ?? "" }),
  eventId: env["EVENT_ID"] ?? "",
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const BODY_BYTES_MAX = 4_096;
const bad: Answer = { status: 400, body: { error: "bad request" } };

function fanOf({ headers }: IncomingMessage): string | null {
  const cookie = headers.cookie ?? "";
  const fanId = /^shop=([0-9a-f-]{36})\./.exec(cookie)?.[1];
  if (fanId === undefined) return null;
  const [given, wanted] = [Buffer.from(cookie), Buffer.from(fanCookie(fanId, key))];
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? fanId : null;
}

async function bodyOf(req: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of req) {
    text += String(chunk);
    if (text.length > BODY_BYTES_MAX) throw new Error("too large");
  }
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

async function answer(req: IncomingMessage): Promise<Answer> {
  if (req.url === "/healthz") return { status: 200, body: {} };
  const fanId = fanOf(req);
  if (fanId === null) return { status: 401, body: { error: "sign in" } };
  const body = await bodyOf(req);
  if (req.url === "/hold") {
    const seats = Array.isArray(body["seats"]) ? body["seats"].filter(Number.isSafeInteger) : [];
    return seats.length === 0 || seats.length > 6 ? bad : hold(deps, fanId, seats.map(Number));
  }
  if (req.url !== "/checkout") return { status: 404, body: {} };
  const [holdId, idempotencyKey, method] = [body["holdId"], body["key"], body["method"]];
  if (typeof holdId !== "string" || !UUID.test(holdId)) return bad;
  if (typeof idempotencyKey !== "string" || typeof method !== "string") return bad;
  return checkout(deps, fanId, { holdId, key: idempotencyKey, method });
}

const server = createServer((req, res) => {
  void answer(req)
    .catch((error: unknown): Answer => {
      console.error(error);
      return { status: 500, body: { error: "internal" } };
    })
    .then(({ status, body }) => {
      const text = JSON.stringify(body);
      res.writeHead(status, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      });
      res.end(text);
    });
});
server.keepAliveTimeout = 65_000;
server.listen(Number(env["PORT"]), "127.0.0.1");
process.on("SIGTERM", () => {
  server.closeAllConnections();
  server.close(() => void deps.sql.end().then(() => process.exit(0)));
});
