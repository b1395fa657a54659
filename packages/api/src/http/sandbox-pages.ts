import type { IncomingMessage, ServerResponse } from "node:http";
import type { Providers } from "../compose/providers.ts";
import { readBody } from "./read-body.ts";

const FORM_BYTES_MAX = 1_024;

/** The sandbox bank's page, as its own would be; of a bank that is a process of its own nothing is found here. */
export type SandboxPagesParts = { readonly confirmPage: Providers["confirmPage"] };

export function makeSandboxPages({ confirmPage }: SandboxPagesParts) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { method, url, headers } = req;
    const readForm = async () => {
      const body = await readBody(req, FORM_BYTES_MAX);
      return body.kind === "read" ? { text: body.bytes.toString("utf8") } : body.kind;
    };
    const answer = await confirmPage({ method, url, origin: headers.origin, readForm });
    if (answer) res.writeHead(answer.status, answer.headers).end(answer.body);
  };
}
