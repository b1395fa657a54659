import http from "node:http";
import https from "node:https";

export type HttpAnswer = { readonly status: number; readonly body: Buffer };
export type HttpRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};
export type DrillHttp = {
  readonly send: (url: string, request: HttpRequest) => Promise<HttpAnswer>;
  readonly close: () => void;
};

/** Longer than the server lets a checkout wait for its order. */
const ANSWER_LIMIT_MS = 15_000;

/**
 * Kept-alive connections over node:http. The global fetch costs about twice as much processor time per request, which a
 * drill on the server's own machine would take from the server.
 */
export function makeDrillHttp(connections: number): DrillHttp {
  const options = { keepAlive: true, maxSockets: connections, scheduling: "lifo" } as const;
  const [plain, secure] = [new http.Agent(options), new https.Agent(options)];
  return {
    send: (url, { method, headers, body }) =>
      new Promise((resolve, reject) => {
        const isSecure = url.startsWith("https:");
        const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
        const request = (isSecure ? https : http).request(
          url,
          { method, headers: { ...headers, ...length }, agent: isSecure ? secure : plain },
          (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("end", () =>
              resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }),
            );
            response.on("error", reject);
          },
        );
        request.setTimeout(ANSWER_LIMIT_MS, () => request.destroy(new NoAnswerError()));
        request.on("error", reject);
        request.end(body);
      }),
    close: () => {
      plain.destroy();
      secure.destroy();
    },
  };
}

class NoAnswerError extends Error {
  readonly code = "timeout";
  constructor() {
    super(`no answer within ${ANSWER_LIMIT_MS / 1_000} s`);
  }
}
