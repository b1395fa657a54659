import { type Identity, PASS_HEADER } from "../drill-client.ts";
import type { DrillHttp } from "../drill-http.ts";
import type { Slots } from "../slots.ts";
import type { BotPace } from "./bot-pace.ts";
import type { BotTally } from "./bot-tally.ts";
import type { BotKind } from "@onsale/core/drill/bots";

export type BotAnswer = {
  readonly ok: boolean;
  /** Of the refusal, "" when it was granted; without one of ours, the status ("http.404") or the fault. */
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type BotRequest = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type BotClientDeps = {
  readonly url: string;
  /** Of the storefront's public address, whatever address it is drilled at. */
  readonly origin: string;
  readonly http: DrillHttp;
  readonly slots: Slots;
  readonly pace: BotPace;
  readonly tally: BotTally;
};

/** Plain HTTP, as programs that are no browsers send it; nothing about it is typed, because bots do not keep to types. */
export function makeBotClient({ url, origin, http, slots, pace, tally }: BotClientDeps) {
  async function send(request: BotRequest): Promise<BotAnswer> {
    try {
      const { status, body } = await http.send(`${url}${request.path}`, {
        method: request.method,
        headers: request.headers ?? {},
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      return answerOf(status, body);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
      return { ok: false, code: `network.${code}`, data: {} };
    }
  }

  /** What one bot sends. `pass` goes with every later request. */
  return (kind: BotKind, who: Identity) => {
    let pass: string | null = null;
    const raw = async (request: BotRequest): Promise<BotAnswer> => {
      await pace.turn();
      await slots.take();
      try {
        const headers = {
          ...who.headers,
          origin,
          cookie: who.cookie,
          "x-forwarded-for": who.address,
          ...(request.method === "POST" ? { "content-type": "application/json" } : {}),
          ...(pass === null ? {} : { [PASS_HEADER]: pass }),
          ...request.headers,
        };
        const answer = await send({ ...request, headers });
        tally.answer(kind, answer);
        return answer;
      } finally {
        slots.give();
      }
    };
    return {
      carry: (token: string | null) => void (pass = token),
      raw,
      ask: (procedure: string, input: unknown) =>
        raw({
          method: "GET",
          path: `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
        }),
      tell: (procedure: string, input: unknown) =>
        raw({ method: "POST", path: `/api/trpc/${procedure}`, body: JSON.stringify(input) }),
    };
  };
}
export type BotClient = ReturnType<ReturnType<typeof makeBotClient>>;

type Fields = Readonly<Record<string, unknown>>;
const asRecord = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};

function answerOf(status: number, body: Buffer): BotAnswer {
  let parsed: Fields = {};
  try {
    parsed = asRecord(JSON.parse(body.toString("utf8")));
  } catch {
    // A page of plain text; its status says enough.
  }
  if (status >= 200 && status < 300)
    return { ok: true, code: "", data: asRecord(asRecord(parsed["result"])["data"]) };
  const app = asRecord(asRecord(asRecord(parsed["error"])["data"])["app"]);
  const code = typeof app["code"] === "string" ? app["code"] : `http.${status}`;
  return { ok: false, code, data: {} };
}
