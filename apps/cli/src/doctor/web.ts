import type { Container } from "@onsale/api/compose/container";
import { bad, type Check, good, warning } from "./check.ts";

const ANSWER_LIMIT_MS = 3_000;

/** What came from the address that fans know; null: nothing did. */
export type WebAnswer = { readonly status: number; readonly body: string } | null;

export async function checkWeb({ config }: Pick<Container, "config">): Promise<readonly Check[]> {
  const { publicUrl } = config;
  return [judgeWeb(publicUrl, await ask(`${publicUrl}/healthz`))];
}

async function ask(url: string): Promise<WebAnswer> {
  try {
    const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return { status: answer.status, body: await answer.text() };
  } catch {
    return null;
  }
}

/** Nothing need answer where nobody has started it yet, or from where this machine sees the network; something else must not. */
export function judgeWeb(publicUrl: string, answer: WebAnswer): Check {
  if (answer === null)
    return warning(
      "web",
      `nothing answers at ${publicUrl}`,
      "Start the web server, or correct PUBLIC_URL. From inside a network that its address does not lead to, this is no fault.",
    );
  const health = healthIn(answer.body);
  if (health === null)
    return bad(
      "web",
      `${publicUrl} answers ${answer.status}, and not as Onsale does`,
      "Something else has this address: correct PUBLIC_URL, or lead the proxy to the web server.",
    );
  const away = [
    ...(health.postgres === "ok" ? [] : ["Postgres"]),
    ...(health.redis === "ok" ? [] : ["Redis"]),
  ];
  if (away.length === 0) return good("web", `answers at ${publicUrl}`);
  return bad(
    "web",
    `${publicUrl} answers, and does not reach ${away.join(" and ")}`,
    "Compare DATABASE_URL and REDIS_URL of the web server with those of this command, and its way to them.",
  );
}

/** null: it is not what `/healthz` says. */
function healthIn(text: string): { readonly postgres: unknown; readonly redis: unknown } | null {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null && "postgres" in said && "redis" in said ? said : null;
  } catch {
    return null;
  }
}
