/**
 * What cannot be gone below: node:http that reads a body and answers each call with the bytes of a purchase's answers after
 * one Redis script that is given a hold's keys and arguments and does nothing.
 */
import { createServer } from "node:http";
import { makeRedisClients } from "@onsale/redis/client";

const env = process.env;
const clients = makeRedisClients(env["REDIS_URL"] ?? "", { commandTimeoutMs: 10_000, name: "bench" });
// Safe because the script was defined under this name with a reply of one number.
type Empty = { emptyCall: (keys: number, ...rest: string[]) => Promise<number> };
clients.commands.defineCommand("emptyCall", { lua: "return 0" });
const { emptyCall } = clients.commands as unknown as Empty;

const KEYS = 9;
const ARGUMENTS = Array.from({ length: KEYS + 10 }, (_, n) => `bench:{bare}:${"x".repeat(30)}${n}`);
const HOLD = JSON.stringify({ holdId: "bare", filler: "x".repeat(Number(env["HOLD_BYTES"] ?? 1_200)) });
const PAID = JSON.stringify({ state: "paid", filler: "x".repeat(100) });

const server = createServer((req, res) => {
  let length = 0;
  req.on("data", (chunk: Buffer) => (length += chunk.length));
  req.on("end", () => {
    const body = req.url === "/checkout" ? PAID : HOLD;
    void emptyCall.call(clients.commands, KEYS, ...ARGUMENTS, String(length)).then(() => {
      res.writeHead(200, { "content-type": "application/json", "content-length": body.length });
      res.end(body);
    });
  });
});
server.listen(Number(env["PORT"]), "127.0.0.1");
process.on("SIGTERM", () => {
  server.closeAllConnections();
  server.close(() => void clients.close().then(() => process.exit(0)));
});
